-- Who are the customers, what did they bring, how do they score? One row per
-- person, best customer first; persons without a counted order come last.
-- Days are calendar days in the zone of the settings. x, t_x, t_cal, m_x are what
-- purchase models take: repeat purchase days, days from first to last, days from
-- first to as-of, mean spend of the repeat days (Fader & Hardie 2013).
-- $as_of; $merge as in derive/scored.sql; $margin: share of net revenue that is
-- margin where no cost is known, null for unknown; $basis: net_revenue, margin or
-- contribution.
create or replace table derived.customers as
with gaps as (
  select person_key, list_sort(days) as d from temp.activity where purchase_days > 1
), rhythm as (
  select person_key, list_median([d[i + 1] - d[i] for i in range(1, len(d))])::double as gap_days from gaps
), valued as (
  select a.person_key, a.first_order, a.last_order, date_diff('day', a.last_order, $as_of::date) as recency_days,
    case when $merge then a.order_days else a.orders end as orders, a.net_revenue, g.gap_days, date_diff('day', a.first_order, $as_of::date) as tenure_days,
    (coalesce(a.refund, 0) - least(coalesce(a.credited, 0), 0)) / nullif(a.gross, 0) as refund_rate,
    case when a.costed then a.net_revenue - a.cost else a.net_revenue::double * $margin::double end as margin,
    a.shipping, a.orders_per_year,
    greatest(a.purchase_days - 1, 0) as x, date_diff('day', a.first_order, a.last_order) as t_x,
    case when a.purchase_days > 1 then (a.spent - a.first_spent) / (a.purchase_days - 1) else 0 end as m_x
  from temp.activity a left join rhythm g using (person_key)
)
select p.person_key, p.customer_id, v.first_order, v.last_order, v.recency_days, coalesce(v.orders, 0) as orders,
  coalesce(v.net_revenue, 0)::decimal(18, 4) as net_revenue, v.net_revenue::double / nullif(v.orders, 0) as aov, v.gap_days, v.tenure_days, v.refund_rate,
  v.margin::double as margin, s.r, s.f, s.m, g.segment, v.orders_per_year,
  case when v.first_order is not null then v.x end as x, v.t_x::double as t_x, v.tenure_days::double as t_cal,
  case when v.first_order is not null then v.m_x end as m_x,
  null::double as p_alive, null::double as expected_orders, null::double as expected_spend, null::double as clv, null::double as clv_low,
  null::double as clv_high,
  case $basis when 'net_revenue' then v.net_revenue::double when 'margin' then v.margin::double
    else v.margin::double end as historic,
  null::double as predicted, null::double as referral, null::double as cost
from core.persons p
left join valued v using (person_key)
left join temp.scored s using (person_key)
left join temp.placed g using (person_key)
order by coalesce(v.net_revenue, 0) desc, p.customer_id;
