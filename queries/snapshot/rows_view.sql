-- Which rows of a snapshot does a grid show, in which order?
-- {view}: a name for them; {table}: of the snapshot. {> where}, {> order}: parts of
-- queries/filter and queries/grid.
create or replace table scratch.main.{view} as
select * from saved.{table} where {> where} order by {> order};
