-- What is in the newly read rows, by status and standing?
-- Parameters and placeholders: see load/new_rows.sql.
-- Columns: file_key, status, standing, n: rows; keyless: rows without an order id.
select file_key, status, standing::varchar as standing, n, keyless
from (
  select file_key, status, standing, count(*) as n, count(*) - count(order_key) as keyless from {> load/new_rows} group by all
)
order by file_key, n desc, status;
