-- As derive/orders.sql, less the refunds that have a date of their own, up to the
-- as-of date: each at its date, or at that of its order if none is known. They net
-- only what the order still brings: what its own refund says already is not taken
-- off twice, and what goes beyond the goods was shipping and tax. An order given
-- back in full is no purchase.
-- Parameters and placeholders: see derive/orders.sql.
(with orders as (
  select * from {> derive/orders}
), given_back as (
  select order_key, sum(amount)::decimal(18, 4) as own
  from core.refunds where refunded_at is null or refunded_at < $end group by order_key
), priced as ( -- in the currency of the order, as which it is converted
  select o.*, (g.own * o.rate)::decimal(18, 4) as returned from orders o left join given_back g using (order_key)
), netted as (
  select g.*, case when returned > 0 and net > 0 then greatest(least(returned - coalesce(refund, 0), net), 0) else 0 end as owed
  from priced g
)
select person_key, order_key, day, purchase and (owed = 0 or net > owed) as purchase, net, gross, refund, cost, currency, rate from netted
union all
select n.person_key, n.order_key, coalesce({local}(r.refunded_at, $zone)::date, n.day), false,
  -(r.amount * n.rate * case when n.owed = n.returned then 1 else n.owed / n.returned end)::decimal(18, 4), null, null, null, n.currency, n.rate
from netted n join core.refunds r using (order_key)
where n.owed > 0 and (r.refunded_at is null or r.refunded_at < $end))
