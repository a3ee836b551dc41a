-- Which values cut the customers into equal parts?
-- Type-7 (continuous) quantiles of recency in days, orders, and money; of decimals,
-- since interpolating between equal doubles may miss them by a last digit. $shares:
-- such as [0.2, 0.4, 0.6, 0.8]; $as_of, $merge, $average as in derive/scored.sql.
-- Columns: r, f, m: ascending lists; customers: how many are scored.
select quantile_cont(recency_days::decimal(18, 4), $shares::double[])::double[] as r,
  quantile_cont(orders::decimal(18, 4), $shares::double[])::double[] as f, quantile_cont(money, $shares::double[])::double[] as m, count(*) as customers
from (
  select date_diff('day', last_order, $as_of::date) as recency_days, case when $merge then order_days else orders end as orders,
    coalesce(case when $average then net_revenue::double / nullif(case when $merge then order_days else orders end, 0) else net_revenue end, 0)::decimal(18, 4) as money
  from temp.activity where orders > 0
);
