-- How many customer ids need repair?
-- Columns: repairs, refused, hidden, collided: ids; example: one of the collided.
select count(*) as repairs, count(*) filter (refused) as refused, count(*) filter (hidden) as hidden, count(*) filter (collided) as collided,
  min(customer_id) filter (collided) as example
from temp.id_repairs;
