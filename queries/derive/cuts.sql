-- Which values cut the customers into equal parts?
-- Type-7 (continuous) quantiles of recency in days, orders, and money; of decimals,
-- since interpolating between equal doubles may miss them by a last digit.
-- $shares: such as [0.2, 0.4, 0.6, 0.8]. Parts: see derive/measured.sql.
-- Columns: r, f, m: ascending lists; customers: how many are scored.
select quantile_cont(recency_days::decimal(18, 4), $shares::double[])::double[] as r,
  quantile_cont(orders::decimal(18, 4), $shares::double[])::double[] as f,
  quantile_cont(money, $shares::double[])::double[] as m, count(*) as customers
from {> derive/measured};
