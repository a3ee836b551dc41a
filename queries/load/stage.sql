-- An empty table for the rows of files that have one row an order line.
-- Parameters and placeholders: see load/rows.sql. Columns beside: see load/lines.sql.
create or replace temp table order_rows as
select *, null::core.standing as standing, null::boolean as per_row, null::boolean as refund_adds,
  null::boolean as charges_add, null::boolean as refund_taken
from {> load/rows} limit 0;
