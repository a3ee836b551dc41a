-- How many customers does each segment hold, and what do they bring?
-- Shares are of all customers with a counted order and of their net revenue.
select segment, customers, customers / sum(customers) over () as customer_share, net_revenue,
  coalesce(net_revenue::double / nullif(sum(net_revenue) over (), 0)::double, 0) as net_revenue_share, recency_days, orders, aov
from derived.segments;
