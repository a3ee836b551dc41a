-- Which orders do the order lines make?
-- Amounts that belong to the order stand on each of its rows, or on the first,
-- and count once; amounts of the row add up. What was given back is never more
-- than what the order brought: the rest was shipping and tax. Rows of another file
-- that has the order too repeat it: load/merge_repeated.sql. An order all of whose lines are negative is a
-- credit; one whose lines net to nothing was given back. Excluded lines count
-- only when the whole order is excluded.
insert into core.orders by name
with lines as (
  select *, bool_and(standing = 'excluded') over (partition by file_key, order_key) as void
  from temp.order_rows where standing <> 'rejected'
), orders as (
  select
    file_key, min(line) as line, order_key,
    arg_min(order_id, line) as order_id, arg_min(person_key, line) as person_key, arg_min(customer_id, line) as customer_id,
    arg_min(platform, line) as platform, arg_min(shop, line) as shop, arg_min(channel, line) as channel,
    arg_min(campaign, line) as campaign, arg_min(coupon, line) as coupon,
    min(ordered_at) as ordered_at, min(paid_at) as paid_at, arg_min(status, line) as status, bool_and(void) as void,
    arg_min(currency, line) as currency,
    case when bool_or(per_row) then sum(greatest(revenue, 0)) else arg_min(coalesce(gross, revenue), line) end as gross,
    abs(arg_min(discount, line)) as discount, case when bool_or(charges_add) then sum(tax) else arg_min(tax, line) end as tax,
    case when bool_or(charges_add) then sum(shipping) else arg_min(shipping, line) end as shipping,
    case when bool_or(refund_adds) then sum(abs(refund)) else abs(arg_min(refund, line)) end as refund, bool_or(refund_taken) as refund_taken,
    case when bool_or(per_row) then sum(revenue) - abs(coalesce(arg_min(discount, line), 0)) else arg_min(revenue, line) end as revenue,
    sum(quantity) as quantity,
    coalesce(arg_min(cost, line), sum(line_cost * coalesce(quantity, 1))) as cost,
    arg_min(points, line) as points, arg_min(region, line) as region, arg_min(country, line) as country
  from lines where void or standing <> 'excluded'
  group by file_key, order_key
), netted as (
  select *, case when refund_taken then net_taken(revenue, refund) else net_after(revenue, refund) end as net from orders
)
select file_key, line, order_key, order_id, person_key, customer_id, platform, shop, channel, campaign, coupon, ordered_at, paid_at,
  status,
  (case
    when void then 'excluded'
    when net <= 0 and coalesce(gross, 0) <= 0 and (revenue < 0 or quantity < 0) then 'credit'
    when net <= 0 and gross > 0 then 'refunded'
    else 'purchase' end)::core.standing as standing,
  currency, gross, discount, tax, shipping, refund, net as net_revenue, cost, points, region, country
from netted
order by file_key, line;
