-- Which customers does a grid show that are picked by number among those with an
-- order? Only where they stand is kept, as in grid/customers_picked.sql.
-- {view}: its name. $numbers: from 0, in the order of derived.customers. Columns:
-- place: rowid.
create or replace table scratch.main.{view} as
select place from (
  select rowid as place, row_number() over (order by rowid) - 1 as number from derived.customers where x is not null
) where number in (select unnest($numbers)) order by place;
