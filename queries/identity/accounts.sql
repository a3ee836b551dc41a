-- Set apart how the ids that are merged now stood by themselves.
insert into core.accounts by name
select p.person_key as account_key, p.*
from core.persons p join temp.identity_components c on c.account_key = p.person_key
where p.person_key not in (select account_key from core.accounts);
