-- Which share of the customers is worse than one of them?
-- $recency_days, $orders, $net_revenue: the customer's own. Columns: shares, 0–1.
select avg((recency_days > $recency_days)::int) as recency_days, avg((orders < $orders)::int) as orders,
  avg((net_revenue < $net_revenue::decimal(18, 4))::int) as net_revenue
from derived.customers where orders > 0;
