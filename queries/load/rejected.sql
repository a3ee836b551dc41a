-- How many rows of a file were rejected?
-- $file_key. Columns: n.
select count(distinct line) as n from raw.rejects where file_key = $file_key;
