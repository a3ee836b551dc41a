-- Take back the rows of a file that is to be read again.
-- $file_key. {schema}.{table}: where they are.
delete from {schema}.{table} where file_key = $file_key;
