-- Which purchase histories did customers have on a day, and how often did they
-- buy after it?
-- $split: the last day of the histories; other parameters: see derive/orders.sql.
-- {> orders}: the orders that count. Columns: x: repeat purchase days; t_x: days
-- from the first to the last; t_cal: days from the first to the split; actual:
-- purchase days after the split up to as-of; n: customers.
with bought as (
  select person_key, day from {> orders} where purchase and person_key is not null group by person_key, day
), people as (
  select min(day) as first_order, max(day) filter (day <= $split::date) as last_order, count(*) filter (day <= $split::date) - 1 as x,
    count(*) filter (day > $split::date) as actual
  from bought group by person_key
)
select x, date_diff('day', first_order, last_order) as t_x, date_diff('day', first_order, $split::date) as t_cal, actual, count(*) as n
from people where first_order <= $split::date group by all order by all;
