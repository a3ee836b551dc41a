-- Which rows were rejected? The answer is kept, so that it can be paged through.
-- {view}: its name; parameters: see grid/rejects_rows.sql.
create or replace table scratch.main.{view} as {> grid/rejects_rows};
