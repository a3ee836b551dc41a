-- What did those customers spend on their first day who ordered several times on it?
-- Of all others temp.activity knows it already. Few customers are to be looked up then,
-- where most of the orders would have to be.
-- Parameters: see derive/orders.sql. {> orders}: the orders that count.
create or replace temp table first_days as
with several as (
  select person_key, first_order from temp.activity where days[2] = first_order
)
select o.person_key, sum(o.net) as spent
from {> orders} o join several a on a.person_key = o.person_key and a.first_order = o.day
where o.purchase group by o.person_key;
