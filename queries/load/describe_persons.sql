-- Tell of known persons what the customers file says, where nothing is known yet.
update core.persons as p
set name = coalesce(p.name, n.name), email = coalesce(p.email, n.email), phone = coalesce(p.phone, n.phone), gender = coalesce(p.gender, n.gender),
  birth = coalesce(p.birth, n.birth), city = coalesce(p.city, n.city), region = coalesce(p.region, n.region),
  country = coalesce(p.country, n.country), registered_at = coalesce(p.registered_at, n.registered_at), tags = coalesce(p.tags, n.tags)
from temp.people n where p.person_key = n.person_key;
