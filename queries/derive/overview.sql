-- What did the customers bring, and how unevenly?
-- Customers are persons with a counted order. Shares are 0–1; the Gini counts
-- negative customers as 0; days end with the as-of date. expected_orders and
-- expected_value (discounted) are of all customers within the horizon, null without
-- a fitted model.
-- Parameters: see derive/orders.sql.
create or replace table derived.overview as
with counted as (
  select * from {> orders} where {> recent}
), orders as (
  select count(*) filter (purchase) as orders, coalesce(sum(net), 0)::decimal(18, 4) as net_revenue,
    median(net) filter (purchase)::double as median_aov, (sum(net) filter (purchase))::double / nullif(count(*) filter (purchase), 0) as aov,
    count(*) filter (purchase and person_key is null) as anonymous_orders,
    coalesce(sum(net) filter (person_key is null), 0)::double as anonymous_revenue,
    coalesce(sum(net) filter (day > $as_of::date - 365), 0)::double as revenue_12mo,
    coalesce(sum(net) filter (day > $as_of::date - 730 and day <= $as_of::date - 365), 0)::double as revenue_12mo_before,
    min(day) filter (purchase) as first_order, max(day) filter (purchase) as last_order
  from counted
), ranked as (
  select greatest(net_revenue, 0)::double as value, row_number() over (order by net_revenue) as i, count(*) over () as n, net_revenue, orders, recency_days
  from derived.customers where orders > 0
), customers as (
  select count(*) as customers, count(*) filter (orders > 1) as repeaters, count(*) filter (recency_days < 365) as active,
    sum(net_revenue)::double as of_customers, median(net_revenue)::double as median_value,
    count(*) filter (net_revenue < 0) as clamped,
    -- G = 2·Σ i·x(i) / (n·Σx) − (n + 1) / n, x ascending; fixed order of summation
    2 * sum(i * value order by i) / nullif(any_value(n) * sum(value order by i), 0) - (any_value(n) + 1)::double / any_value(n) as gini
  from ranked
), expected as (
  select sum(expected_orders::decimal(38, 8))::double as expected_orders, sum(clv::decimal(38, 8))::double as expected_value,
    median(clv) as median_clv
  from derived.customers
)
select c.customers, o.orders, o.net_revenue, o.aov, o.median_aov, c.of_customers / nullif(c.customers, 0) as value_per_customer,
  c.repeaters::double / nullif(c.customers, 0) as repeat_rate, c.gini, c.median_value, c.active,
  (select count(*) from derived.customers where orders = 0) as persons_no_order, o.anonymous_orders, o.anonymous_revenue, o.revenue_12mo,
  o.revenue_12mo_before, c.clamped, o.first_order, o.last_order, e.expected_orders, e.expected_value, e.median_clv
from customers c, orders o, expected e;
