-- Which orders does a file hold that has one row an order?
-- $excluded, $refunded: statuses that are known to mean so. {net}: the macro that
-- takes off refunds. Other parameters and placeholders: see load/rows.sql. Rows go
-- straight into the table in file order, so that load/number.sql can number them
-- afterwards. What was given back in full nets to nothing. Every standing is cast by
-- itself: casting the outcome would look each word up, row by row.
insert into core.orders by name
select file_key, order_key, order_id, person_key, customer_id, platform, shop, channel, campaign, coupon, ordered_at, paid_at, status,
  case
    when ordered_at is null or unreadable or off_calendar(ordered_at) then 'rejected'::core.standing
    when void then 'excluded'::core.standing
    when net < 0 and coalesce(refund, 0) = 0 then 'credit'::core.standing
    when returned or (refund <> 0 and net <= 0) then 'refunded'::core.standing
    else 'purchase'::core.standing end as standing,
  currency, coalesce(gross, revenue) as gross, abs(discount) as discount, tax, shipping,
  case when returned and net > 0 then abs(coalesce(refund, 0)) + net else abs(refund) end as refund,
  case when returned and net > 0 then 0 else net end as net_revenue,
  coalesce(cost, line_cost * coalesce(quantity, 1))::decimal(18, 4) as cost, points, region, country
from (
  select *, {net}(revenue, refund) as net, coalesce(list_contains($excluded::varchar[], status), false) as void,
    coalesce(list_contains($refunded::varchar[], status), false) as returned
  from {> load/rows}
);
