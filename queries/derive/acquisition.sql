-- What did it cost to win each customer?
-- Spend of a channel up to the as-of date, divided by the customers whose first
-- order came through it while it was spent on. Empty without channel costs.
-- $as_of; other parameters: see derive/orders.sql. {> derive/spent}: what channels
-- cost, in the currency of the analysis. Columns: person_key, channel of
-- the first order that names one, cost in currency, null for a channel nothing is known of.
create or replace temp table acquisition as
with won as (
  select o.person_key, lower(trim(arg_min(o.channel, moment_key(o.ordered_at, o.order_key)))) as channel, any_value(a.first_order) as first_order
  from {> derive/sold} o join temp.activity a on a.person_key = o.person_key
  where o.standing = 'purchase' and a.first_order is not null group by o.person_key
), spent as (
  select lower(trim(channel)) as channel, sum(amount)::double as amount, min("from") as since, max("to") as until
  from {> derive/spent} where "from" <= $as_of::date group by 1
), costs as (
  select s.channel, s.since, s.until, s.amount / nullif(count(w.person_key), 0) as cost
  from spent s left join won w on w.channel = s.channel and w.first_order between s.since and s.until
  group by s.channel, s.since, s.until, s.amount
)
select w.person_key, w.channel, case when w.first_order between c.since and c.until then c.cost end as cost
from won w left join costs c using (channel);
