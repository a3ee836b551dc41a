-- Which cells of a date column are missing, unreadable or out of the world?
-- $file_key; $column: its heading; $first: number of the first record;
-- $formats: strptime formats; $missing, $unread, $outside: the reasons, null for
-- none. {cell}: the column; {as}: the macro that reads it.
-- {> source}: the file.
insert into raw.rejects
select $file_key::integer, line, $column, left(cell, 200),
  case when cell is null then $missing when day is null then $unread else $outside end
from (
  select line, cell, {as}(cell, $formats) as day
  from (select row_number() over () - 1 + $first as line, {cell} as cell from {> source})
)
where case when cell is null then $missing when day is null then $unread
  when off_calendar(day) then $outside end is not null;
