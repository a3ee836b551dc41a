-- To which person does what names an id belong? Ids that a customers file lists as
-- others of a person go with that person.
create or replace temp table identity_moves as
select account_key, person_key from temp.identity_people
union all
select key_of(i.value), p.person_key
from core.identities i join temp.identity_people p using (account_key)
where i.kind = 'customer id' and not i.masked and key_of(i.value) <> i.account_key;
