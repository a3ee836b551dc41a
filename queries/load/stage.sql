-- An empty table for the rows of files that have one row an order line.
-- Parameters and placeholders: see load/rows.sql. $per_row as in load/lines.sql.
create or replace temp table order_rows as
select *, null::core.standing as standing, null::boolean as per_row from {> load/rows} limit 0;
