-- What did the members of each campaign bring while it ran, and in as many days before?
-- Everybody in an arm counts, whether they bought or not. A campaign that still runs
-- counts up to as-of. Columns: campaign: null where no file describes it; campaign_key;
-- first_day, last_day: null where it is not known when it ran; fixed: its cost beside
-- contacts; arm: treated, control, or both for people in either; segment: that of
-- today, null for none; members; cost: of contacts; buyers: who placed an order;
-- value, squares: sums over members of what they brought and of its square;
-- gain, gain_squares: the same of what they brought more than in the days before;
-- unvalued: their orders of either time whose value is not known; reaches: whether
-- there are orders from as many days before.
-- $as_of; $basis, $margin: see derive/customers.sql; other parameters: see
-- derive/orders.sql. {> orders}: the orders that count.
with members as ({> ask/campaign_members}), runs as (
  select campaign_key, any_value(name) as campaign, min("from") as first_day, least(max("to"), $as_of::date) as last_day, max(cost)::double as fixed
  from core.campaigns group by campaign_key
), bought as (
  select m.campaign_key, m.person_key, o.day >= r.first_day as during, o.purchase,
    case when $basis = 'net_revenue' then o.net::double else coalesce((o.net - o.cost)::double, o.net::double * $margin::double,
      case when not o.purchase then o.net::double end) end as value
  from members m join runs r using (campaign_key) join {> orders} o using (person_key)
  where o.day <= r.last_day and o.day >= r.first_day - (date_diff('day', r.first_day, r.last_day) + 1)::integer
), sums as (
  select campaign_key, person_key, count(*) filter (during and purchase) as orders, count(*) filter (value is null) as unvalued,
    coalesce(sum(value::decimal(38, 8)) filter (during), 0)::double as value, coalesce(sum(value::decimal(38, 8)) filter (not during), 0)::double as earlier
  from bought group by all
), responses as (
  select m.*, coalesce(s.orders, 0) > 0 as bought, coalesce(s.value, 0) as value, coalesce(s.value, 0) - coalesce(s.earlier, 0) as gain,
    coalesce(s.unvalued, 0) as unvalued
  from members m left join sums s using (campaign_key, person_key)
)
select r.campaign, m.campaign_key, r.first_day, case when r.first_day <= r.last_day then r.last_day end as last_day, r.fixed, m.arm, c.segment,
  count(*) as members, coalesce(sum(m.cost), 0)::double as cost, count(*) filter (m.bought) as buyers,
  sum(m.value::decimal(38, 8))::double as value, sum((m.value * m.value)::decimal(38, 6))::double as squares,
  sum(m.gain::decimal(38, 8))::double as gain, sum((m.gain * m.gain)::decimal(38, 6))::double as gain_squares,
  sum(m.unvalued)::bigint as unvalued,
  r.first_day - (date_diff('day', r.first_day, r.last_day) + 1)::integer >= (select min(first_order) from derived.customers) as reaches
from responses m left join runs r using (campaign_key) left join derived.customers c using (person_key)
group by all order by r.first_day nulls last, m.campaign_key, m.arm, c.segment;
