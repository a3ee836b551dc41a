-- How many customer ids need repair, and do two ids share a key?
-- Columns: repairs, refused, hidden: ids; collided: keys; example: one of their ids.
with collisions as (
  select min(customer_id) as example from temp.new_customers group by person_key having count(*) > 1
)
select count(*) as repairs, count(*) filter (refused) as refused, count(*) filter (hidden) as hidden,
  (select count(*) from collisions) as collided, (select min(example) from collisions) as example
from temp.id_repairs;
