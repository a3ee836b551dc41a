-- Which keys does a customers file give for its people? Masked values are kept
-- as such and never identify anybody.
insert into core.identities
select person_key, kind, value, file_key, id_hidden(value)
from (
  select person_key, file_key, line, unnest([
    {'kind': 'customer id', 'value': customer_id}, {'kind': 'e-mail', 'value': email}, {'kind': 'phone', 'value': phone},
    {'kind': 'member no', 'value': member_no}], recursive := true)
  from temp.people
) k
where value is not null and not exists (
  select 1 from core.identities i where i.person_key = k.person_key and i.kind = k.kind and i.value = k.value)
order by line, kind;
