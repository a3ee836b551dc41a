-- Which keys does a customers file give for its people? Masked values are kept
-- as such and never identify anybody.
insert into core.identities by name
select person_key, kind, value, file_key as source, id_hidden(value) as masked, person_key as account_key, identity_key(kind, value) as key
from (
  select person_key, file_key, line, unnest([
    {'kind': 'customer id', 'value': customer_id}, {'kind': 'e-mail', 'value': email}, {'kind': 'phone', 'value': phone},
    {'kind': 'member no', 'value': member_no}, {'kind': 'referral code', 'value': referral_code}], recursive := true)
  from temp.people
) k
where value is not null and not exists (
  select 1 from core.identities i where i.account_key = k.person_key and i.kind = k.kind and i.value = k.value)
order by line, kind;
