-- Which orders stand behind a finding? The answer is kept, so that it can be paged
-- through. {view}: its name; parameters: see grid/orders_rows.sql.
create or replace table scratch.main.{view} as {> grid/orders_rows};
