-- Which record of the file is each row? Rows that were read in file order get
-- their numbers, and rows without an order id a key of their own.
-- $file_key; $row: the first rowid of the file's, see load/first_row.sql; $first: number
-- of the first record, a header being 1. {schema}.{table}: where the rows are.
update {schema}.{table} set line = rowid - $row + $first where file_key = $file_key;
