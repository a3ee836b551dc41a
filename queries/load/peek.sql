-- What are the columns of a JSON or Parquet file, and what do its first rows hold?
-- $limit: rows.
-- {> source}: the file.
select * exclude (absent) from {> source} limit $limit;
