-- Which purchase histories do customers have, and how many have each?
-- $as_of. Columns: x: repeat purchase days; t_x: days from the first to the last;
-- t_cal: days from the first to the as-of date; n: customers.
select x, date_diff('day', first_order, last_order) as t_x, date_diff('day', first_order, $as_of::date) as t_cal, count(*) as n
from temp.activity where first_order is not null group by all order by all;
