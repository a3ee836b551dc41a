-- Which rows do not count, by their status?
-- $files: file keys; $words: the statuses. {schema}.{table}: where.
update {schema}.{table} set standing = 'excluded'
where file_key in (select unnest($files::integer[])) and status in (select unnest($words)) and standing not in ('rejected', 'excluded');
