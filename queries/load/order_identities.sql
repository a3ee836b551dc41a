-- Which keys are the new persons known by?
-- $from: the first new file_key. load_files: file_key, identity.
insert into core.identities by name
select person_key, kind, value, source, false as masked, person_key as account_key, identity_key(kind, value) as key
from (
  select p.person_key, case when f.identity <> 'e-mail' or contains(p.customer_id, '@') then f.identity
      when regexp_full_match(p.customer_id, '\+?[0-9]+') then 'phone' else 'customer id' end as kind, p.customer_id as value, p.file_key as source
  from core.persons p join temp.load_files f on f.file_key = p.file_key
  where p.file_key >= $from and f.kind = 'orders'
);
