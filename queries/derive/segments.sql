-- How many customers does each segment hold, what did they bring, and what are
-- they expected to bring?
-- Means are over the segment's customers; aov is net revenue per counted order.
-- historic, predicted, referral, cost, value: sums of the parts of value; clv_mean,
-- clv_median; expected_orders: sum. Sums and means of floats are taken as decimals,
-- so that the order of rows does not matter.
create or replace table derived.segments as
select segment, count(*) as customers, sum(net_revenue)::decimal(18, 4) as net_revenue, avg(recency_days) as recency_days,
  avg(orders) as orders, sum(net_revenue)::double / sum(orders) as aov, sum(expected_orders::decimal(38, 8))::double as expected_orders,
  sum(historic::decimal(38, 8))::double as historic, sum(predicted::decimal(38, 8))::double as predicted,
  sum(referral::decimal(38, 8))::double as referral, sum(cost::decimal(38, 8))::double as cost, sum(value::decimal(38, 8))::double as value,
  sum(clv::decimal(38, 8))::double / nullif(count(clv), 0) as clv_mean, median(clv) as clv_median
from derived.customers where orders > 0 group by segment;
