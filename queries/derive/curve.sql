-- How much of the net revenue do the best customers bring?
-- Columns: step: 0–1000, the best per mille of customers; net_revenue_share: 0–1.
-- Negative customers count as 0.
create or replace table derived.curve as
with ranked as (
  select greatest(net_revenue, 0)::decimal(18, 4) as value, row_number() over (order by net_revenue desc, customer_id) as i, count(*) over () as n
  from derived.customers where orders > 0
), steps as (
  select ceil(i * 1000.0 / n)::integer as step, sum(value) as value, max(i)::double / any_value(n) as reach from ranked group by step
)
select 0 as step, 0::double as customer_share, 0::double as net_revenue_share
union all
select step, reach, coalesce(sum(value) over (order by step)::double / nullif(sum(value) over (), 0)::double, 0) from steps
order by 1;
