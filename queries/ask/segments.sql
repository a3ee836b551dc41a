-- How many customers does each segment hold, what did they bring, and what are
-- they expected to bring?
-- Shares are of all customers with a counted order and of their net revenue; other
-- columns: see derive/segments.sql.
select segment, customers, customers / sum(customers) over () as customer_share, net_revenue,
  coalesce(net_revenue::double / nullif(sum(net_revenue) over (), 0)::double, 0) as net_revenue_share, recency_days, orders, aov,
  expected_orders, historic, predicted, referral, cost, value, clv_mean, clv_median
from derived.segments;
