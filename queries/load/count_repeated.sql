-- How many orders stand more than once, and do two ids share a key?
-- Columns: n: orders; collided: keys that two different ids share; example: an id.
select (select count(*) from temp.repeated) as n, count(*) as collided, min(id) as example
from (select min(order_id) as id from core.orders where order_key in (select order_key from temp.repeated)
  group by order_key having min(order_id) <> max(order_id));
