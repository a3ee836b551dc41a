-- Who are these people, and what did they buy?
-- $keys: persons. Columns: those of core.persons; email, phone: theirs, or the
-- first of their keys; orders; net_revenue: currency; first_order, last_order: days.
select p.person_key, p.customer_id, p.name, coalesce(p.email, k.email) as email, coalesce(p.phone, k.phone) as phone, p.birth, p.city, p.region, p.country,
  coalesce(c.orders, 0) as orders, coalesce(c.net_revenue, 0)::decimal(18, 4) as net_revenue, c.first_order, c.last_order
from core.persons p left join derived.customers c using (person_key)
left join (
  select person_key, min(value) filter (kind = 'e-mail') as email, min(value) filter (kind = 'phone') as phone
  from core.identities where person_key in (select unnest($keys::bigint[])) group by person_key
) k using (person_key)
where p.person_key in (select unnest($keys::bigint[]));
