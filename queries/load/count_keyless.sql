-- How many rows of a file name no order?
-- $file_key. {schema}.{table}: where the rows are. Columns: n.
select count(*) as n from {schema}.{table} where file_key = $file_key and order_key is null;
