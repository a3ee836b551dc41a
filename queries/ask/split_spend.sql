-- What did the repeat purchase days of customers come to?
-- Parameters: see derive/orders.sql. {> orders}: the orders that count. Columns: x:
-- repeat purchase days; m_x: mean net revenue of one, null where no order says its
-- amount; n: customers.
with bought as (
  select person_key, day, sum(net) as net from {> orders} where purchase and person_key is not null group by person_key, day
), people as (
  select count(*) - 1 as x, (sum(net) - arg_min(coalesce(net, 0), day))::double as repeat_net from bought group by person_key
)
select x, repeat_net / x as m_x, count(*) as n from people where x > 0 group by all order by all;
