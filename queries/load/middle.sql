-- Which of the newly read rows lies in the middle of them?
-- $from: the first new file_key; $half: half of how many there are, so that the others
-- need not be counted. {schema}.{table}: where they are.
-- Columns: middle: its rowid, 0 if there are not so many.
select coalesce((select rowid from {schema}.{table} where file_key >= $from limit 1 offset $half), 0) as middle;
