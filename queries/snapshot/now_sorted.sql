-- Which rows of what the question of a snapshot answers now does a grid show, in
-- which order?
-- {view}: a name for them. {> answer}: the question; {> where}, {> order}: parts of
-- queries/filter and queries/grid.
create or replace table scratch.main.{view} as
with answer as ({> answer}), numbered as (select *, row_number() over () as rowid from answer)
select * exclude (rowid) from numbered where {> where} order by {> order};
