-- What is in the newly read rows, by status and standing?
-- $from: the first new file_key. {schema}.{table}: where they are.
-- Columns: file_key, status, standing, n: rows; keyless: rows without an order id.
select file_key, status, standing::varchar as standing, count(*) as n, count(*) filter (order_key is null) as keyless
from {schema}.{table} where file_key >= $from group by all order by file_key, n desc, status;
