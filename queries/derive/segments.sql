-- How many customers does each segment hold, and what do they bring?
-- Means are over the segment's customers; aov is net revenue per counted order.
create or replace table derived.segments as
select segment, count(*) as customers, sum(net_revenue)::decimal(18, 4) as net_revenue, avg(recency_days) as recency_days,
  avg(orders) as orders, sum(net_revenue)::double / sum(orders) as aov
from derived.customers where orders > 0 group by segment;
