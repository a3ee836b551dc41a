-- The newly read rows of orders files, in two halves: DuckDB lets one thread read what is
-- not committed yet, and two halves keep two of them busy.
-- $from: the first new file_key; $middle: a rowid where the second half
-- begins, see load/middle.sql. {schema}.{table}: where they are. Columns: those of the table.
(select * from {schema}.{table} where file_key >= $from and rowid < $middle
 union all
 select * from {schema}.{table} where file_key >= $from and rowid >= $middle)
