-- What did a customer order? Newest first, orders that do not count included.
-- $person_key; $zone; $end: the moment after the as-of day, in UTC. {local}: the macro that turns UTC into local time.
-- order_key is for asking for the lines; counts: whether the as-of date, its status and its currency
-- include it.
select o.order_key, o.order_id, {local}(o.ordered_at, $zone) as ordered_at, o.standing::varchar as standing, o.status, o.channel, o.shop,
  o.campaign, o.coupon, o.gross, o.discount, o.refund, o.net_revenue, o.currency, o.ordered_at < $end and o.standing <> 'excluded' and {> derive/in_currency} as counts,
  f.path as file, o.line
from core.orders o left join raw.files f using (file_key)
where o.person_key = $person_key order by o.ordered_at desc, o.order_key;
