-- Which row of each file was the first that could not be used, and why?
-- $from: the first file_key asked about. Columns: file_key; line: record of the
-- file, a header being 1; column and value: the cell to blame, null for the row; reason.
select file_key, line, "column", value, reason from raw.rejects where file_key >= $from
qualify row_number() over (partition by file_key order by line, "column") = 1;
