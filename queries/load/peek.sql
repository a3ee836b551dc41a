-- What are the columns of a JSON or Parquet file, and what do its first rows hold?
-- $limit: rows.
-- {> source}: the file.
select * exclude (column_not_there) from {> source} limit $limit;
