-- On which days did a customer buy?
-- $id: customer_id; other parameters: see derive/orders.sql. {> orders}: the orders
-- that count. Columns: day: days since 1970-01-01.
select distinct date_diff('day', date '1970-01-01', day) as day
from {> orders} where purchase and person_key = (select min(person_key) from derived.customers where customer_id = $id) order by day;
