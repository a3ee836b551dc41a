-- What did a customer do beside buying?
-- $person_key; $zone. {local}: the macro that turns UTC into local time. Columns,
-- $end and what is positive: as in ask/signals.sql.
select kind, count(*) as interactions, count(*) filter (sign > 0) as positive, count(*) filter (sign < 0) as negative,
  avg(value) filter (rated) as rating, {local}(max("at"), $zone)::date as last_day
from ({> ask/signs}) where person_key = $person_key and kind is not null group by kind
order by max(rated::integer) desc, positive + negative > 0 desc, interactions desc, kind;
