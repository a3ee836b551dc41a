-- What did every customer spend on the first day?
-- Parameters: see derive/orders.sql. {> orders}: the orders that count.
create or replace temp table first_days as
select o.person_key, sum(o.net) as spent
from {> orders} o join temp.activity a on a.person_key = o.person_key and a.first_order = o.day
where o.purchase group by o.person_key;
