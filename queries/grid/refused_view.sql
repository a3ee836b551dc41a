-- Which statements do not count? The answer is kept, so that it can be paged through.
-- {view}: its name; parameters: see grid/refused_rows.sql.
create or replace table scratch.main.{view} as {> grid/refused_rows};
