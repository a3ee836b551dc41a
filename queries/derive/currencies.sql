-- What did the orders of each currency bring up to the as-of date?
-- Parameters: see derive/orders.sql; {> orders}: the orders that count. Columns:
-- currency: ISO code, null for orders that name none; orders: purchases; customers:
-- who made them; net_revenue: in the currency of {> orders}.
select currency, count(*) filter (purchase) as orders, count(distinct person_key) filter (purchase) as customers,
  coalesce(sum(net), 0)::decimal(18, 4) as net_revenue
from {> orders} group by currency order by orders desc, currency nulls last;
