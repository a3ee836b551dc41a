-- How many rows of a file are there, and how many of them cannot be used?
-- $file_key. {schema}.{table}: where the rows are. Columns: rows, rejected.
select count(*) as rows, count(*) filter (standing = 'rejected') as rejected
from {schema}.{table} where file_key = $file_key;
