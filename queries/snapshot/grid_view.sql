-- Which snapshots does a grid show, in which order? The answer is kept, so that it
-- can be paged through by row number.
-- {view}: its name. {> where}, {> order}: parts of queries/filter and queries/grid, or
-- snapshot/latest.
create or replace table scratch.main.{view} as {> snapshot/grid_rows};
