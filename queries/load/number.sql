-- Which record of the file is each row? Rows that were read in file order get
-- their numbers, and rows without an order id a key of their own.
-- $file_key; $first: number of the first record, a header being 1.
-- {schema}.{table}: where the rows are.
update {schema}.{table}
set line = rowid - (select min(rowid) from {schema}.{table} where file_key = $file_key) + $first
where file_key = $file_key;
