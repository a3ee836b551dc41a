-- What did each channel cost, and whom did it win?
-- Of channels whose spend is known, customers whose first order came through them
-- while it was spent. Columns: channel; customers; spend: up to as-of, in currency;
-- cac: spend per customer; historic: value so far of those it is known of;
-- predicted: mean CLV. $as_of.
create or replace table derived.channels as
with spent as (
  select lower(trim(channel)) as channel, sum(amount)::double as spend from {> derive/spent} where "from" <= $as_of::date group by 1
), won as (
  select a.channel, count(*) as customers, sum(c.historic::decimal(38, 8))::double as historic,
    sum(c.clv::decimal(38, 8))::double / nullif(count(c.clv), 0) as predicted
  from temp.acquisition a join derived.customers c using (person_key) where a.cost is not null group by a.channel
)
select s.channel, coalesce(w.customers, 0) as customers, s.spend, s.spend / w.customers as cac, w.historic, w.predicted
from spent s left join won w using (channel) order by s.channel;
