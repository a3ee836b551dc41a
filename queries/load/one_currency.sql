-- Which currency is the first that a newly read file names?
-- $from: its file_key; {schema}.{table}: where its rows are.
-- Columns: currency; no row where it names none.
select currency from {schema}.{table} where file_key >= $from and currency is not null and standing <> 'rejected' limit 1;
