-- Which statuses do the newly read rows have?
-- $from: the first new file_key. {schema}.{table}: where they are.
-- Columns: status, n: rows.
select status, count(*) as n from {schema}.{table}
where file_key >= $from and status is not null group by status order by n desc, status;
