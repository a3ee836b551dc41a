-- Who is known by another id, under which they may stand as a person of their own?
create or replace temp table aliased as
select key_of(value) as alias_key, min(account_key) as person_key
from core.identities where kind = 'customer id' and not masked and key_of(value) <> account_key
group by alias_key;
