-- Take out the rows that cannot be used.
-- $file_key. {schema}.{table}: where the rows are.
delete from {schema}.{table} where file_key = $file_key and standing = 'rejected';
