-- As derive/orders.sql, less the refunds that have a date of their own, up to the
-- as-of date. An order given back in full is no purchase.
-- Parameters: see derive/orders.sql.
(select person_key, order_key, day, purchase and (coalesce(returned, 0) = 0 or net > returned) as purchase,
   net - coalesce(returned, 0) as net, gross, coalesce(refund, 0) + coalesce(returned, 0) as refund, cost
 from {> derive/orders}
 left join (
   select order_key, sum(amount)::decimal(18, 4) as returned from core.refunds
   where refunded_at is null or refunded_at < $end group by order_key
 ) using (order_key))
