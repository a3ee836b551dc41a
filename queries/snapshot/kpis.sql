-- How do customers behave, as of a day?
-- $as_of; {> orders}: see derive/orders. Columns: customers: with a counted order;
-- active: with one in the 365 days up to as-of; orders, net_revenue: of those days;
-- aov: net revenue per counted order; frequency: orders per active customer;
-- stickiness: share of those twelve months in which an active customer orders, on
-- average; repeat_rate: customers with two orders or more; referral_rate: customers
-- who brought in somebody; value: net revenue of all customers so far.
with year as (
  select person_key, day, purchase, net from {> orders} where day > $as_of::date - 365
), months as (
  select person_key, count(distinct (($as_of::date - day) * 12) // 365) as months
  from (select person_key, day from year where purchase and person_key is not null) group by person_key
), base as (
  select count(*) as customers, count(*) filter (recency_days < 365) as active, count(*) filter (orders > 1) as repeaters,
    sum(net_revenue)::decimal(18, 4) as value
  from derived.customers where orders > 0
), brought as (
  select count(*) as referrers from derived.customers c join derived.referrals r using (person_key) where c.orders > 0 and r.direct > 0
)
select b.customers, b.active, (select count(*) filter (purchase) from year) as orders,
  coalesce((select sum(net) from year), 0)::decimal(18, 4) as net_revenue,
  (select (sum(net) filter (purchase))::double / nullif(count(*) filter (purchase), 0) from year) as aov,
  (select count(*) filter (purchase and person_key is not null)::double from year) / nullif((select count(*) from months), 0) as frequency,
  (select avg(months) / 12 from months) as stickiness, b.repeaters::double / nullif(b.customers, 0) as repeat_rate,
  g.referrers::double / nullif(b.customers, 0) as referral_rate, coalesce(b.value, 0)::decimal(18, 4) as value
from base b, brought g;
