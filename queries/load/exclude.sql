-- Which rows do not count, by their status?
-- $from: the first new file_key; $words: the statuses. {schema}.{table}: where.
update {schema}.{table} set standing = 'excluded'
where file_key >= $from and status in (select unnest($words)) and standing not in ('rejected', 'excluded');
