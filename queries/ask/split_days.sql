-- How many of the customers won until a day began on each day, and how many repeat
-- purchase days of theirs fell on it?
-- $split: the last day customers were won. {> bought}: purchase days, see
-- ask/bought.sql. Columns: day: days since the first of all; starts, repeats.
with won as (
  select days from {> bought} where days[1] <= $split::date
), bought as (
  select unnest(days) as day, unnest(range(len(days))) as number from won
)
select date_diff('day', (select min(days[1]) from won), day) as day, count(*) filter (number = 0) as starts,
  count(*) filter (number > 0) as repeats
from bought group by day order by day;
