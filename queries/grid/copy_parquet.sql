-- Write rows that were put down as plain text to a Parquet file.
-- $csv, $path: files; $columns: {"name":"TYPE",…}; $shape: {"name":"VARCHAR",…};
-- $null: what stands for no value.
copy (
  select * from read_csv($csv, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    columns = from_json($columns, $shape), nullstr = $null)
) to $path (format parquet);
