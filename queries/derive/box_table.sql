-- The rules of the scheme in force: a customer belongs to the box of the lowest
-- rank whose ranges contain all their measures; an open end is not part of it.
create or replace table derived.boxes (
  rank integer, segment varchar,
  r_lo double, r_lo_open boolean, r_hi double, r_hi_open boolean,
  f_lo double, f_lo_open boolean, f_hi double, f_hi_open boolean,
  m_lo double, m_lo_open boolean, m_hi double, m_hi_open boolean,
  fm_lo double, fm_lo_open boolean, fm_hi double, fm_hi_open boolean,
  recency_days_lo double, recency_days_lo_open boolean, recency_days_hi double, recency_days_hi_open boolean,
  orders_lo double, orders_lo_open boolean, orders_hi double, orders_hi_open boolean,
  orders_per_year_lo double, orders_per_year_lo_open boolean, orders_per_year_hi double, orders_per_year_hi_open boolean,
  aov_lo double, aov_lo_open boolean, aov_hi double, aov_hi_open boolean,
  net_revenue_lo double, net_revenue_lo_open boolean, net_revenue_hi double, net_revenue_hi_open boolean,
  tenure_days_lo double, tenure_days_lo_open boolean, tenure_days_hi double, tenure_days_hi_open boolean,
  value_rank_lo double, value_rank_lo_open boolean, value_rank_hi double, value_rank_hi_open boolean,
  referred_lo double, referred_lo_open boolean, referred_hi double, referred_hi_open boolean
);
