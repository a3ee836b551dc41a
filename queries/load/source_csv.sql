-- The rows of a delimited text file, every cell as text, columns c1, c2, …
-- $path; $delim, $quote, $escape; $header: whether the first record names the
-- columns; $skip: physical lines before it; $columns: {"c1":"VARCHAR",…}.
(select *, null::varchar as absent
 from read_csv($path, auto_detect = false, delim = $delim, quote = $quote, escape = $escape, header = $header, skip = $skip,
   columns = from_json($columns, $columns), nullstr = ['', 'NULL', 'null', 'N/A', 'n/a', '-', '--', '—', '——', 'None', 'nil', 'NaT'], store_rejects = true))
