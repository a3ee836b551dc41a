-- Keep an answer.
-- {schema}, {table}: where. {> answer}: the answer.
create table {schema}.{table} as {> answer};
