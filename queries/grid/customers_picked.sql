-- Which customers does a grid show that keeps their order? Only where they stand
-- is kept: copying whole rows would make opening a segment ten times slower.
-- {view}: its name. {> where}: a part of queries/filter. Columns: place: rowid.
create or replace table scratch.main.{view} as
select rowid as place from derived.customers where {> where} order by rowid;
