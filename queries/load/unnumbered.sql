-- Which files have orders without a line number?
-- Columns: file_key; first_line: number of the first record of data.
select file_key, first_line from raw.files
where file_key in (select distinct file_key from core.orders where line is null) order by file_key;
