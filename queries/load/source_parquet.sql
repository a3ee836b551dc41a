-- The rows of a Parquet file, every cell as text under its own name.
-- $path.
(select cell_known(columns(*)::varchar), null::varchar as absent from read_parquet($path))
