-- After how many days do customers come back, by the order they were at?
-- Parameters: see derive/orders.sql. {> orders}: the orders that count. Columns:
-- number: of the order day the gap follows, from 1, null for all; n: gaps; gaps:
-- their median, 75 % and 90 % quantiles (type 7), in days.
with bought as (
  select person_key, day from {> orders} where purchase and person_key is not null group by person_key, day
), people as (
  select list_sort(list(day)) as days from bought group by person_key having count(*) > 1
), gaps as (
  select unnest(range(1, len(days))) as number, unnest([days[i + 1] - days[i] for i in range(1, len(days))]) as gap from people
)
select number, count(*) as n, quantile_cont(gap::double, [0.5, 0.75, 0.9]) as gaps
from gaps group by grouping sets ((number), ()) order by number nulls first;
