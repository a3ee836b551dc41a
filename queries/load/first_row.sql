-- Which is the first row of a file?
-- $file_key; {schema}.{table}: where its rows are. Columns: row: its rowid, 0 if there is
-- none.
select coalesce(min(rowid), 0) as row from {schema}.{table} where file_key = $file_key;
