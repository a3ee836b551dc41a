-- Who is in which segment, going by a customers grid that was kept?
-- {catalog}, {schema}, {table}: where it is.
select customer_id, segment, net_revenue from {catalog}.{schema}.{table} where orders > 0;
