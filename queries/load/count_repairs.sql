-- How many customer ids need repair, and do two ids share a key?
-- Columns: repairs, refused, hidden: ids; collided: keys that two ids share, which
-- load/collided.sql names.
select count(*) as repairs, count(*) filter (refused) as refused, count(*) filter (hidden) as hidden,
  (select count(*) - count(distinct person_key) from temp.new_customers) as collided
from temp.id_repairs;
