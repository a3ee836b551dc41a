-- What did the customers each channel won bring in each month of their age?
-- Of customers who were seen for all of the month; a month of age has 30.4 days.
-- Columns: channel; month: of age, from 1; customers; value: on the basis in force.
-- What is given back counts in full where neither cost nor margin is known.
-- $basis, $margin: see derive/customers.sql; other parameters: see derive/orders.sql.
-- {> orders}: the orders that count; {> contacts}: what contacting people cost.
create or replace table derived.channel_months as
with won as (
  select a.person_key, a.channel, c.first_order, least(floor((c.t_cal + 1) / 30.4375), 120)::integer as seen
  from temp.acquisition a join derived.customers c using (person_key) where a.cost is not null and c.first_order is not null
), brought as (
  select w.channel, w.seen, floor(date_diff('day', w.first_order, o.day) / 30.4375)::integer + 1 as month,
    case when $basis = 'net_revenue' then o.net::double else coalesce((o.net - o.cost)::double, o.net::double * $margin::double,
      case when not o.purchase then o.net::double end) end as value
  from {> orders} o join won w using (person_key) where o.day >= w.first_order
  union all
  select w.channel, w.seen, floor(date_diff('day', w.first_order, k.day) / 30.4375)::integer + 1, -k.cost::double
  from {> contacts} k join won w using (person_key) where k.day >= w.first_order
), sums as (
  select channel, month, sum(value::decimal(38, 8))::double as value from brought where month <= seen group by all
), months as (
  select channel, month, count(*) as customers from (select channel, unnest(range(1, seen + 1))::integer as month from won) group by all
)
select m.channel, m.month, m.customers, coalesce(s.value, 0) as value from months m left join sums s using (channel, month) order by all;
