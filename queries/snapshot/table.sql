-- Keep rows that the program worked out.
-- {table}: of the snapshot. $rows: JSON, an array of objects; $shape: JSON, their
-- columns and types.
create table saved.{table} as {> snapshot/worked};
