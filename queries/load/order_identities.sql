-- Which keys are the new persons known by? Customer ids, which most are, have none
-- that another shop could share, and need no look at what is in them.
-- $from: the first new file_key. load_files: file_key, identity.
insert into core.identities by name
with new_persons as (
  select p.person_key, p.customer_id, p.file_key, f.identity
  from core.persons p join temp.load_files f on f.file_key = p.file_key
  where p.file_key >= $from and f.kind = 'orders'
)
select person_key, identity as kind, customer_id as value, file_key as source, false as masked, person_key as account_key, null::bigint as key
from new_persons where identity = 'customer id'
union all
select person_key, kind, value, source, false, person_key, identity_key(kind, value)
from (
  select person_key, case when identity <> 'e-mail' or contains(customer_id, '@') then identity
      when regexp_full_match(customer_id, '\+?[0-9]+') then 'phone' else 'customer id' end as kind, customer_id as value, file_key as source
  from new_persons where identity <> 'customer id'
);
