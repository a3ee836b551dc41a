-- Which R, F and M does every customer have, and which scores do they give?
-- Only persons with a counted order in the window are scored.
-- $as_of; $merge: whether orders of one day are one; $average: whether M is the
-- average order instead of the total; $cuts_r (days), $cuts_f (orders), $cuts_m
-- (currency): ascending cut-points. A score is 1 plus the cut-points below the
-- value; recency is reversed. Equal values always score alike.
create or replace temp table scored as
with measured as (
  select person_key, date_diff('day', last_order, $as_of::date) as recency_days, date_diff('day', first_order, $as_of::date) as tenure_days,
    case when $merge then order_days else orders end as orders, orders_per_year, net_revenue,
    net_revenue::double / nullif(case when $merge then order_days else orders end, 0) as aov,
    coalesce(case when $average then net_revenue::double / nullif(case when $merge then order_days else orders end, 0) else net_revenue end, 0)::decimal(18, 4) as money
  from temp.activity where orders > 0
), cuts as (
  select $cuts_r::double[] as cr, $cuts_f::double[] as cf, $cuts_m::double[] as cm
)
select m.* exclude (money), money,
  (1 + coalesce((cr[1] > recency_days)::int, 0) + coalesce((cr[2] > recency_days)::int, 0) + coalesce((cr[3] > recency_days)::int, 0)
     + coalesce((cr[4] > recency_days)::int, 0))::utinyint as r,
  (1 + coalesce((cf[1] < orders)::int, 0) + coalesce((cf[2] < orders)::int, 0) + coalesce((cf[3] < orders)::int, 0)
     + coalesce((cf[4] < orders)::int, 0))::utinyint as f,
  (1 + coalesce((cm[1] < money)::int, 0) + coalesce((cm[2] < money)::int, 0) + coalesce((cm[3] < money)::int, 0)
     + coalesce((cm[4] < money)::int, 0))::utinyint as m
from measured m, cuts;
