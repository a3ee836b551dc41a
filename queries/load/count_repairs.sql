-- How many customer ids need repair, and do two ids share a key?
-- Columns: repairs, refused, hidden: ids; collided: keys; example: one of their ids.
select count(*) as repairs, count(*) filter (refused) as refused, count(*) filter (hidden) as hidden,
  (select count(*) from (select person_key from temp.new_customers group by person_key having count(*) > 1)) as collided,
  (select min(customer_id) from temp.new_customers group by person_key having count(*) > 1 limit 1) as example
from temp.id_repairs;
