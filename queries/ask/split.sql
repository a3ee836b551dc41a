-- Which purchase histories did customers have on a day, and how often did they
-- buy after it?
-- $split: the last day of the histories. {> bought}: purchase days, see ask/bought.sql
-- and ask/bought_until.sql. Columns: x: repeat purchase days; t_x: days from the first to the
-- last; t_cal: days from the first to the split; actual: purchase days after the
-- split up to as-of; n: customers.
with people as (
  select days, len(list_filter(days, lambda day: day <= $split::date)) as known from {> bought} where days[1] <= $split::date
)
select known - 1 as x, date_diff('day', days[1], days[known]) as t_x, date_diff('day', days[1], $split::date) as t_cal,
  len(days) - known as actual, count(*) as n
from people group by all order by all;
