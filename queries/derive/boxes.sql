-- Which segment does each customer fall into? The first box that contains them,
-- over all measures a scheme may bound.
create or replace temp table placed as
with measured as (
  select s.*, ((f + m + 1) // 2) as fm, (rank() over (order by net_revenue desc) - 1)::double / count(*) over () as value_rank
  from temp.scored s
)
select c.person_key, coalesce(arg_min(b.segment, b.rank), 'Unmatched') as segment
from measured c left join derived.boxes b
  on (c.r > b.r_lo or c.r = b.r_lo and not b.r_lo_open) and (c.r < b.r_hi or c.r = b.r_hi and not b.r_hi_open)
  and (c.f > b.f_lo or c.f = b.f_lo and not b.f_lo_open) and (c.f < b.f_hi or c.f = b.f_hi and not b.f_hi_open)
  and (c.m > b.m_lo or c.m = b.m_lo and not b.m_lo_open) and (c.m < b.m_hi or c.m = b.m_hi and not b.m_hi_open)
  and (c.fm > b.fm_lo or c.fm = b.fm_lo and not b.fm_lo_open) and (c.fm < b.fm_hi or c.fm = b.fm_hi and not b.fm_hi_open)
  and (c.recency_days > b.recency_days_lo or c.recency_days = b.recency_days_lo and not b.recency_days_lo_open)
  and (c.recency_days < b.recency_days_hi or c.recency_days = b.recency_days_hi and not b.recency_days_hi_open)
  and (c.orders > b.orders_lo or c.orders = b.orders_lo and not b.orders_lo_open)
  and (c.orders < b.orders_hi or c.orders = b.orders_hi and not b.orders_hi_open)
  and (c.orders_per_year > b.orders_per_year_lo or c.orders_per_year = b.orders_per_year_lo and not b.orders_per_year_lo_open)
  and (c.orders_per_year < b.orders_per_year_hi or c.orders_per_year = b.orders_per_year_hi and not b.orders_per_year_hi_open)
  and (coalesce(c.aov, 0) > b.aov_lo or coalesce(c.aov, 0) = b.aov_lo and not b.aov_lo_open)
  and (coalesce(c.aov, 0) < b.aov_hi or coalesce(c.aov, 0) = b.aov_hi and not b.aov_hi_open)
  and (coalesce(c.net_revenue, 0)::double > b.net_revenue_lo or coalesce(c.net_revenue, 0)::double = b.net_revenue_lo and not b.net_revenue_lo_open)
  and (coalesce(c.net_revenue, 0)::double < b.net_revenue_hi or coalesce(c.net_revenue, 0)::double = b.net_revenue_hi and not b.net_revenue_hi_open)
  and (c.tenure_days > b.tenure_days_lo or c.tenure_days = b.tenure_days_lo and not b.tenure_days_lo_open)
  and (c.tenure_days < b.tenure_days_hi or c.tenure_days = b.tenure_days_hi and not b.tenure_days_hi_open)
  and (c.value_rank > b.value_rank_lo or c.value_rank = b.value_rank_lo and not b.value_rank_lo_open)
  and (c.value_rank < b.value_rank_hi or c.value_rank = b.value_rank_hi and not b.value_rank_hi_open)
  and (c.referred > b.referred_lo or c.referred = b.referred_lo and not b.referred_lo_open)
  and (c.referred < b.referred_hi or c.referred = b.referred_hi and not b.referred_hi_open)
group by c.person_key;
