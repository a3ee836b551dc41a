-- What does each segment bring a year, and for how long do its customers stay?
-- Orders are purchase days since the first, over the years since then, a first year
-- counting whole. Of the customers' years that brought an order and are over, as the
-- next one is, retained counts those whose next one brought an order too.
-- $as_of; other parameters: see derive/orders.sql; {> orders}: the orders that count.
-- Columns: segment: null for those who did not order within the window; customers;
-- years observed; purchase days in them; orders and net_revenue in the window; margin of
-- orders whose cost is known, null for none; their net revenue; cost of winning those
-- of whom it is known (paid); begun and retained years.
with bought as (
  select o.person_key, bit_or(1::bigint << least((o.day - c.first_order) // 365, 62)) as years
  from {> orders} o join derived.customers c on c.person_key = o.person_key
  where o.purchase and o.day >= c.first_order group by o.person_key
), seen as (
  select c.*, b.years, greatest(0, least((c.t_cal::bigint + 1) // 365, 62) - 1) as over
  from derived.customers c left join bought b using (person_key) where c.x is not null
)
select segment, count(*) as customers, sum(greatest(t_cal, 365)) / 365.25 as years, sum(x + 1) as days, sum(orders) as orders,
  sum(net_revenue)::double as net_revenue, sum(margin) as margin, sum(net_revenue) filter (margin is not null)::double as margin_of,
  sum(cost) as cost, count(cost) as paid,
  sum(bit_count(years & ((1::bigint << over) - 1))) as begun,
  sum(bit_count(years & (years >> 1) & ((1::bigint << over) - 1))) as retained
from seen group by segment;
