-- The rows of a Parquet file, every cell as text under its own name.
-- $path.
(select cell_known(columns(*)::varchar), null::varchar as column_not_there from read_parquet($path))
