-- Which columns does an answer have?
-- {catalog}, {schema}, {table}: where it is.
select * from {catalog}.{schema}.{table} limit 0;
