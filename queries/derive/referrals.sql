-- Who brought in whom, and what is that worth? Nodes in pre-order; those nobody
-- knows go by the id that files call them.
insert into derived.referrals by name
with named as (
  select referrer_key as key, min(referrer_id) as id from temp.referral_edges
  where referrer_key not in (select person_key from derived.customers) group by referrer_key
), nodes as (
  select n.*, coalesce(c.customer_id, s.id) as customer_id, c.person_key is not null as known
  from temp.referral_nodes n
  left join derived.customers c using (person_key)
  left join named s on s.key = n.person_key
)
select n.* exclude (edge), p.customer_id as referrer_id, p.known as referrer_known, e.file_key, e.line, e.evidence, e."at"
from nodes n left join nodes p on p.node = n.parent left join temp.referral_edges e on e.edge = n.edge
order by n.node;
insert into derived.refused_edges
select e.file_key, e.line, e.evidence, e.referrer_id, e.referred_id, e."at", e.status, e.kind, r.reason
from temp.referral_refusals r join temp.referral_edges e using (edge) order by r.edge;
update derived.customers as c set referral = coalesce(r.referral, 0), value = c.value + coalesce(r.referral, 0)
from (select d.person_key, r.referral from derived.customers d left join derived.referrals r using (person_key)) r
where c.person_key = r.person_key;
