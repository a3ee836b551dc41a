-- When is the last order that does not lie in the future?
-- $zone: IANA zone in which days are counted. {local}: the macro that counts.
-- Columns: day; currency: one that orders are in, null for none; several: whether they
-- are in others too; spend: the currencies of channel costs.
select max({local}(ordered_at, $zone))::date as day, min(currency) as currency, coalesce(min(currency) <> max(currency), false) as several,
  (select coalesce(list(distinct currency), []) from core.spend) as spend
from core.orders where standing <> 'excluded' and ordered_at <= now()::timestamp;
