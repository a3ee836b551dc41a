-- Which key does an order without an id have? One made of file and line.
-- $file_key. {schema}.{table}: where the rows are.
update {schema}.{table} set order_key = (hash($file_key::bigint * 1099511627776 + line) >> 1)::bigint
where file_key = $file_key and order_key is null;
