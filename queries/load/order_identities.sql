-- Which keys are the new customers known by? Customer ids, which most are, have none
-- that another shop could share, and need no look at what is in them.
-- load_files: file_key, identity.
insert into core.identities by name
select person_key, kind, customer_id as value, file_key as source, false as masked, person_key as account_key,
  case when kind <> 'customer id' then identity_key(kind, customer_id) end as key
from (
  select c.person_key, c.customer_id, c.file_key,
    case when f.identity <> 'e-mail' or contains(c.customer_id, '@') then f.identity
      when regexp_full_match(c.customer_id, '\+?[0-9]+') then 'phone' else 'customer id' end as kind
  from temp.new_customers c join temp.load_files f using (file_key)
);
