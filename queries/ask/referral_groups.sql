-- How do customers who were brought in compare with the others?
-- Customers with a counted order in the window. Columns: referred; customers;
-- orders; net_revenue; repeaters: with two orders or more; mature: first order at
-- least 365 days before as-of; retained: those of them with an order since;
-- active: with an order in the 365 days up to as-of; recruits: first order in them;
-- value, spread, median_value: mean, standard deviation and median of the value so
-- far in the basis of the settings, null where it is unknown; valued: how many it
-- is known of.
select coalesce(r.generation > 0, false) as referred, count(*) as customers, sum(c.orders)::bigint as orders, sum(c.net_revenue) as net_revenue,
  count(*) filter (c.orders >= 2) as repeaters, count(*) filter (c.tenure_days >= 365) as mature,
  count(*) filter (c.tenure_days >= 365 and c.recency_days < 365) as retained, count(*) filter (c.recency_days < 365) as active,
  count(*) filter (c.tenure_days < 365) as recruits,
  avg(c.historic) as value, stddev_samp(c.historic) as spread, median(c.historic) as median_value, count(c.historic) as valued
from derived.customers c left join derived.referrals r using (person_key)
where c.orders > 0
group by all order by referred;
