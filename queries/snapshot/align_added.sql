-- Which rows are in the later answer alone? They follow those of the earlier one.
-- {view}: made by snapshot/align. {> after}: see snapshot/side. $rows: of the earlier
-- answer.
insert into scratch.main.{view} by name
select $rows + row_number() over (order by place) - 1 as n, key, false as was, true as stands, b.* exclude (key, place)
from ({> after}) b anti join scratch.main.{view} using (key);
