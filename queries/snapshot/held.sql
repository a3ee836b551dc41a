-- Who was in which segment, as a snapshot keeps it?
-- {catalog}, {schema}, {table}: where.
select customer_id, segment, net_revenue from {catalog}.{schema}.{table}
