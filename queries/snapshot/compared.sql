-- What stands on a page of a comparison?
-- {view}: made by snapshot/align or snapshot/align_step. $from, $to: row numbers, the
-- second not included.
select * from scratch.main.{view} where n >= $from and n < $to order by n;
