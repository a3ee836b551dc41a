-- Which purchase histories do the customers of each segment have, and what do
-- their repeat purchases come to?
-- Summed as decimals, so that the order of rows does not matter. Columns: segment:
-- null for customers without an order in the window; x, t_x, t_cal: see
-- derive/customers.sql; n: customers; m, m2: sums of their mean repeat spends and
-- of the squares, a negative spend counting as 0.
select segment, x, t_x, t_cal, count(*) as n, sum(greatest(m_x, 0)::decimal(38, 10))::double as m,
  sum((greatest(m_x, 0) * greatest(m_x, 0))::decimal(38, 8))::double as m2
from derived.customers where first_order is not null group by all order by all;
