-- Keep an answer in some database.
-- {catalog}, {schema}, {table}: where. {> answer}: the answer.
create or replace table {catalog}.{schema}.{table} as {> answer};
