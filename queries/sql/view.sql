-- Which rows of an answer does a grid show, in which order?
-- {view}: a name for them; {source}: the answer; $rows: how many of its rows count.
-- {> where}, {> order}: parts of queries/filter and queries/grid.
create or replace table scratch.main.{view} as
select * from scratch.main.{source} where rowid < $rows and ({> where}) order by {> order};
