-- When is the last order that does not lie in the future?
-- $zone: IANA zone in which days are counted. {local}: the macro that counts.
-- Columns: day; currency: the most frequent one, null for none; currencies: how many;
-- spend: the currencies of channel costs.
select max({local}(ordered_at, $zone))::date as day, mode(currency) as currency, count(distinct currency) as currencies,
  (select coalesce(list(distinct currency), []) from core.spend) as spend
from core.orders where standing <> 'excluded' and ordered_at <= now()::timestamp;
