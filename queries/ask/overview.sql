-- What did the customers bring? See derive/overview.sql for the columns.
-- top_N_share: net revenue share of the best N % of customers; share_for_80: the
-- smallest share of customers that brings 80 % of net revenue (steps of 0.1 %).
select o.*,
  (select net_revenue_share from derived.curve where step <= 10 order by step desc limit 1) as top_1_share,
  (select net_revenue_share from derived.curve where step <= 50 order by step desc limit 1) as top_5_share,
  (select net_revenue_share from derived.curve where step <= 100 order by step desc limit 1) as top_10_share,
  (select net_revenue_share from derived.curve where step <= 200 order by step desc limit 1) as top_20_share,
  (select min(customer_share) from derived.curve where net_revenue_share >= 0.8) as share_for_80
from derived.overview o;
