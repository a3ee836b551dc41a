-- What stands on a page of a snapshot?
-- {table}: of the snapshot. $from, $to: row numbers, the second not included.
select * from saved.{table} where rowid >= $from and rowid < $to order by rowid;
