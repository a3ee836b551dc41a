-- How many persons with a counted order bought on several platforms?
-- $end: the moment after the as-of day, in UTC. Columns: spanning: persons;
-- net_revenue: theirs; known_revenue: of all persons, in currency.
with bought as (
  select person_key, min(platform) <> max(platform) as spanning, sum(net_revenue) as net_revenue
  from {> derive/sold} where standing = 'purchase' and person_key is not null and ordered_at < $end group by person_key
)
select count(*) filter (spanning) as spanning, coalesce(sum(net_revenue) filter (spanning), 0)::double as net_revenue,
  coalesce(sum(net_revenue), 0)::double as known_revenue
from bought;
