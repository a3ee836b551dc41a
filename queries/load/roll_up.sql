-- Which orders do the order lines make?
-- Amounts that belong to the order stand on each of its rows and count once;
-- amounts of the row add up. An order all of whose lines are negative is a
-- credit; one whose lines net to nothing was given back. Excluded lines count
-- only when the whole order is excluded.
insert into core.orders by name
with lines as (
  select *, bool_and(standing = 'excluded') over (partition by order_key) as void
  from temp.order_rows where standing <> 'rejected'
), orders as (
  select
    min(file_key) as file_key, min(line) as line, order_key,
    arg_min(order_id, line) as order_id, arg_min(person_key, line) as person_key, arg_min(customer_id, line) as customer_id,
    arg_min(platform, line) as platform, arg_min(shop, line) as shop, arg_min(channel, line) as channel,
    arg_min(campaign, line) as campaign, arg_min(coupon, line) as coupon,
    min(ordered_at) as ordered_at, min(paid_at) as paid_at, arg_min(status, line) as status, bool_and(void) as void,
    arg_min(currency, line) as currency,
    case when bool_or(per_row) then sum(greatest(revenue, 0)) else arg_min(coalesce(gross, revenue), line) end as gross,
    abs(arg_min(discount, line)) as discount, arg_min(tax, line) as tax, arg_min(shipping, line) as shipping,
    abs(arg_min(refund, line)) as refund,
    case when bool_or(per_row) then sum(revenue) - abs(coalesce(arg_min(discount, line), 0)) else arg_min(revenue, line) end as revenue,
    sum(quantity) as quantity,
    coalesce(arg_min(cost, line), sum(line_cost * coalesce(quantity, 1))) as cost,
    arg_min(points, line) as points, arg_min(region, line) as region, arg_min(country, line) as country
  from lines where void or standing <> 'excluded'
  group by order_key
)
select file_key, line, order_key, order_id, person_key, customer_id, platform, shop, channel, campaign, coupon, ordered_at, paid_at,
  status,
  (case
    when void then 'excluded'
    when revenue - coalesce(refund, 0) <= 0 and coalesce(gross, 0) <= 0 and (revenue < 0 or quantity < 0) then 'credit'
    when revenue - coalesce(refund, 0) <= 0 and gross > 0 then 'refunded'
    else 'purchase' end)::core.standing as standing,
  currency, gross, discount, tax, shipping, refund, revenue - coalesce(refund, 0) as net_revenue, cost, points, region, country
from orders
order by file_key, line;
