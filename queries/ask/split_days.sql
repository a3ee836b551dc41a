-- How many of the customers won until a day began on each day, and how many repeat
-- purchase days of theirs fell on it?
-- $split: the last day customers were won; other parameters: see derive/orders.sql.
-- {> orders}: the orders that count. Columns: day: days since the first of all;
-- starts, repeats.
with bought as (
  select person_key, day from {> orders} where purchase and person_key is not null group by person_key, day
), won as (
  select person_key, min(day) as first_order from bought group by person_key having first_order <= $split::date
)
select date_diff('day', (select min(first_order) from won), b.day) as day, count(*) filter (b.day = w.first_order) as starts,
  count(*) filter (b.day > w.first_order) as repeats
from bought b join won w using (person_key) group by all order by day;
