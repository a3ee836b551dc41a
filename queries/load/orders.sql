-- Which orders does a file hold that has one row an order?
-- Parameters and placeholders: see load/rows.sql. Rows go straight into the
-- table in file order, so that load/lines.sql can number them afterwards.
insert into core.orders by name
select file_key, order_key, order_id, person_key, customer_id, platform, shop, channel, campaign, coupon, ordered_at, paid_at, status,
  (case
    when ordered_at is null or unreadable or year(ordered_at) not between 1900 and 2199 then 'rejected'
    when revenue - abs(coalesce(refund, 0)) < 0 and coalesce(refund, 0) = 0 then 'credit'
    when refund <> 0 and revenue - abs(refund) <= 0 then 'refunded'
    else 'purchase' end)::core.standing as standing,
  currency, coalesce(gross, revenue) as gross, abs(discount) as discount, tax, shipping, abs(refund) as refund,
  revenue - abs(coalesce(refund, 0)) as net_revenue, cost, points, region, country
from {> load/rows};
