-- What becomes of orders that stand more than once? The rows of one file stay, the
-- first that names the customer: added up if its amounts belong to rows, its first
-- row otherwise. Rows of other files repeat the order and go.
create or replace temp table merged as
with first_file as (
  select order_key, coalesce(min(file_key) filter (person_key is not null), min(file_key)) as file_key from core.orders where order_key in (select order_key from temp.repeated) group by order_key
), parts as (
  select o.*, coalesce(f.per_row, false) as per_row
  from core.orders o join first_file using (order_key, file_key) left join temp.load_files f using (file_key)
)
select file_key, min(line) as line, order_key, arg_min(order_id, line) as order_id, arg_min(person_key, line) as person_key,
  arg_min(customer_id, line) as customer_id, arg_min(platform, line) as platform, arg_min(shop, line) as shop,
  arg_min(channel, line) as channel, arg_min(campaign, line) as campaign, arg_min(coupon, line) as coupon,
  min(ordered_at) as ordered_at, min(paid_at) as paid_at, arg_min(status, line) as status,
  case when any_value(per_row) and arg_min(standing, line) <> 'excluded'
    then (case when sum(net_revenue) > 0 or max(net_revenue) is null then 'purchase' when max(net_revenue) <= 0 and sum(net_revenue) < 0 then 'credit'
      when max(net_revenue) > 0 then 'refunded' else 'purchase' end)::core.standing
    else arg_min(standing, line) end as standing,
  arg_min(currency, line) as currency,
  case when any_value(per_row) then sum(gross) else arg_min(gross, line) end as gross,
  arg_min(discount, line) as discount, arg_min(tax, line) as tax, arg_min(shipping, line) as shipping,
  case when any_value(per_row) then sum(refund) else arg_min(refund, line) end as refund,
  case when any_value(per_row) then sum(net_revenue) else arg_min(net_revenue, line) end as net_revenue,
  arg_min(cost, line) as cost, arg_min(points, line) as points, arg_min(region, line) as region, arg_min(country, line) as country
from parts group by file_key, order_key;
