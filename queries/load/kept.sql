-- How many rows of a file stand in a table?
-- $file_key. {table}: a core table. Columns: n.
select count(*) as n from core.{table} where file_key = $file_key;
