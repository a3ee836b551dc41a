-- What stands on a page of a grid?
-- {view}: its name. $from, $to: row numbers, the second not included.
select * from scratch.main.{view} where rowid >= $from and rowid < $to order by rowid;
