-- Which keys are the new customers known by? Customer ids, which most are, have none
-- that another shop could share, and need no look at what is in them.
-- load_files: file_key, identity.
insert into core.identities by name
select c.person_key, 'customer id' as kind, c.customer_id as value, c.file_key as source, false as masked, c.person_key as account_key,
  null::bigint as key
from temp.new_customers c join temp.load_files f on f.file_key = c.file_key and f.identity = 'customer id'
union all
select person_key, kind, value, source, false, person_key, identity_key(kind, value)
from (
  select c.person_key, case when f.identity <> 'e-mail' or contains(c.customer_id, '@') then f.identity
      when regexp_full_match(c.customer_id, '\+?[0-9]+') then 'phone' else 'customer id' end as kind, c.customer_id as value, c.file_key as source
  from temp.new_customers c join temp.load_files f on f.file_key = c.file_key and f.identity <> 'customer id'
);
