-- All rows of a table that was kept, in their order.
-- {catalog}, {schema}, {table}: which.
select * from {catalog}.{schema}.{table} order by rowid;
