-- What did each month bring, from the first with an order to the last?
-- Columns: month: its first day; orders: counted; customers: who ordered in it;
-- new_customers: whose first order it was; net_revenue.
-- Parameters: see derive/orders.sql.
create or replace table derived.months as
with monthly as (
  select date_trunc('month', day)::date as month, count(*) filter (purchase) as orders,
    sum(net)::double as net_revenue from {> orders} group by month
), buyers as (
  -- A customer counts where the month is not that of the purchase before.
  select month, count(*) as customers from (
    select unnest(months) as month, unnest(list_prepend(null, months[:-2])) as before
    from (select [date_trunc('month', day)::date for day in days] as months from derived.purchase_days)
  ) where month is distinct from before group by month
), fresh as (
  select date_trunc('month', first_order)::date as month, count(*) as new_customers from temp.activity where first_order is not null group by month
), calendar as (
  select unnest(generate_series(min(month), max(month), interval 1 month))::date as month from monthly
)
select month, coalesce(orders, 0) as orders, coalesce(customers, 0) as customers, coalesce(new_customers, 0) as new_customers,
  coalesce(net_revenue, 0) as net_revenue
from calendar left join monthly using (month) left join buyers using (month) left join fresh using (month) order by month;
