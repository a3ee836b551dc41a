-- What are the segments of the scheme, empty ones too? In the scheme's order,
-- those who fall into none last.
-- $names: of the segments. Shares are 0–1; means are null without customers.
with named as (
  select unnest($names::varchar[]) as segment, generate_subscripts($names::varchar[], 1) as place
)
select segment, coalesce(customers, 0) as customers, coalesce(customer_share, 0) as customer_share,
  coalesce(net_revenue, 0)::decimal(18, 4) as net_revenue, coalesce(net_revenue_share, 0) as net_revenue_share, recency_days, orders, aov,
  expected_orders, historic, predicted, referral, cost, value, clv_mean, clv_median
from named full join ({> ask/segments}) using (segment) order by place nulls last;
