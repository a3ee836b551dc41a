-- How many cells of a text column hold a word for nothing, such as NULL or a dash?
-- $file_key; {schema}.{table}: where the rows are; {column}.
-- Columns: n.
select count(*) as n from {schema}.{table} where file_key = $file_key and list_contains(null_words(), {column});
