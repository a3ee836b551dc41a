-- Who are the customers, what did they bring, how do they score? One row per
-- person, best customer first; persons without a counted order come last.
-- Days are calendar days in the zone of the settings. x, t_x, t_cal, m_x are what
-- purchase models take: repeat purchase days, days from first to last, days from
-- first to as-of, mean spend of the repeat days (Fader & Hardie 2013).
-- $as_of; $margin: share of net revenue that is margin where no cost is known,
-- null for unknown; $basis: net_revenue, margin or contribution (margin less what
-- contacting the customer cost); {> contacts}: that; {> recent}: whether a day counts; $spend_v: the parameter v of
-- the spend model, null without one. {> money}: see derive/measured.sql;
-- {> segments}: how a customer's segment is found; parameters of scores: see
-- derive/score.sql. value is historic + predicted + referral − cost, of which
-- derive/referrals.sql adds the referral part.
create or replace table derived.customers as
with measured as (
  select *, date_diff('day', last_order, $as_of::date) as recency_days, date_diff('day', first_order, last_order) as t_x,
    date_diff('day', first_order, $as_of::date) as t_cal
  from temp.activity
), valued as (
  select *, {> money} as money from measured
), scored as (
  select *, {> derive/score} from valued where orders > 0
  union all by name
  select *, null::utinyint as r, null::utinyint as f, null::utinyint as m from valued where orders = 0
), contacted as (
  select person_key, sum(cost)::double as contact from {> contacts} where {> recent} group by person_key
), best_first as (
  select p.person_key, p.customer_id, s.first_order, s.last_order, s.recency_days, coalesce(s.orders, 0) as orders,
    coalesce(s.net_revenue, 0)::decimal(18, 4) as net_revenue, s.gap_days, coalesce(s.given_back, 0)::double / nullif(s.gross, 0)::double as refund_rate,
    case when s.costed then (s.net_revenue - s.cost)::double else s.net_revenue::double * $margin::double end as margin,
    s.r, s.f, s.m, case when s.r is not null then segment end as segment, s.orders_per_year, s.x,
    s.t_x, s.t_cal, case when s.x > 0 then (s.spent - coalesce(d.spent, s.first_spent))::double / s.x else 0 end as m_x,
    q.* exclude (x, t_x, t_cal), a.cost, k.contact
  from core.persons p
  left join scored s using (person_key)
  left join temp.first_days d using (person_key)
  left join temp.acquisition a using (person_key)
  left join contacted k using (person_key)
  left join temp.predictions q on q.x = s.x and q.t_x = s.t_x and q.t_cal = s.t_cal
  {> segments}
  order by coalesce(s.net_revenue, 0) desc, p.customer_id
), parts as (
  select *, $spend_v::double + m_x * x as scale, case $basis when 'net_revenue' then net_revenue::double when 'margin' then margin
      else case when margin is not null or orders = 0 and contact > 0 then coalesce(margin, 0) - coalesce(contact, 0) end end as historic
  from best_first
)
select person_key, customer_id, first_order, last_order, recency_days, orders, net_revenue, net_revenue::double / nullif(orders, 0) as aov,
  gap_days, t_cal as tenure_days, refund_rate, margin, r, f, m, segment, orders_per_year,
  case when first_order is not null then x end as x, t_x::double as t_x, t_cal::double as t_cal, case when first_order is not null then m_x end as m_x,
  p_alive, expected_orders, orders_low, orders_high, p_no_order, per_order * expected_orders * scale as expected_spend,
  value * scale as clv, value_low * scale as clv_low, value_high * scale as clv_high,
  historic, value * scale as predicted, null::double as referral, cost,
  historic + coalesce(value * scale, 0) - coalesce(cost, 0) as value
from parts;
