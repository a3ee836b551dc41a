-- Tell of known persons what the customers file says. Where two files say different
-- things the one that comes first in the alphabet, or the calendar, counts: the
-- same whichever file was loaded first.
-- {table}: persons or accounts; {key}: the column that names whom a row is about.
update core.{table} as p
set name = least(p.name, n.name), email = least(p.email, n.email), phone = least(p.phone, n.phone), gender = least(p.gender, n.gender),
  birth = least(p.birth, n.birth), city = least(p.city, n.city), region = least(p.region, n.region), country = least(p.country, n.country),
  registered_at = least(p.registered_at, n.registered_at), tags = least(p.tags, n.tags)
from temp.people n where p.{key} = n.person_key;
