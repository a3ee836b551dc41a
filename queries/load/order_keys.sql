-- By which other keys do the orders of a file know their customers? An e-mail
-- address, a phone or a member number beside the id.
-- Parameters and placeholders as in load/rows.sql.
insert into core.identities by name
with rows as (
  select distinct id_tidy({customer_as}({customer}, {instead})) as id, nullif(email_clean({email}), '') as email, nullif(phone_clean({phone}), '') as phone,
    nullif(id_clean({member_no}), '') as member_no
  from {> source}
), named as (
  select distinct key_of(id) as account_key, id, unnest([{'kind': 'e-mail', 'value': email}, {'kind': 'phone', 'value': phone}, {'kind': 'member no', 'value': member_no}],
    recursive := true)
  from rows where id is not null and not id_null(id) and not id_refused(id) and not id_hidden(id)
)
select account_key as person_key, kind, value, $file_key::integer as source, id_hidden(value) as masked, account_key, identity_key(kind, value) as key
from named n
where value is not null and value <> id and not id_null(value) and not id_refused(value) and not exists (
  select 1 from core.identities i where i.account_key = n.account_key and i.kind = n.kind and i.value = n.value)
order by id, kind, value;
