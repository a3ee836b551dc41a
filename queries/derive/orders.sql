-- The orders that count up to the as-of date, with what they brought.
-- $zone; $end: the moment after the as-of day, in UTC; $skip_zero: whether orders
-- of zero amount are no purchases. {local}: the macro that turns UTC into local time;
-- {charged}: the macro that says whether shipping and tax count; {> derive/sold}: the
-- orders in the currency of the analysis.
(select person_key, order_key, {local}(ordered_at, $zone)::date as day,
   standing = 'purchase' and (not $skip_zero or net_revenue is null or net_revenue <> 0) as purchase,
   {charged}(net_revenue, shipping, tax, standing) as net, gross, refund, cost, currency, rate
 from {> derive/sold}
 where standing in ('purchase', 'credit', 'refunded') and ordered_at < $end)
