-- Give the orders of repaired customer ids the right person.
-- $from: the first new file_key.
update core.orders as o
set customer_id = r.repaired, person_key = key_of(r.repaired),
  standing = case when r.refused then 'rejected'::core.standing else o.standing end
from temp.id_repairs r
where o.file_key >= $from and o.person_key = r.person_key;
