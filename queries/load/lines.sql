-- Which order lines does a file hold? They wait in order_rows until
-- load/roll_up.sql makes orders of them.
-- $per_row: whether amounts belong to the row (added up) or repeat those of the
-- order (counted once). Other parameters and placeholders: see load/rows.sql.
insert into temp.order_rows by name
select *, $per_row::boolean as per_row,
  (case when ordered_at is null or unreadable or year(ordered_at) not between 1900 and 2199 then 'rejected'
   else 'purchase' end)::core.standing as standing
from {> load/rows};
