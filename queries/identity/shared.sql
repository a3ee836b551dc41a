-- Which keys do several ids share? Those that more ids share than one person has,
-- such as the phone of a shop, and those an analyst took back, join nobody.
-- $most: ids of one person at most.
create or replace temp table identity_shared as
select key, kind, min(identity_value(kind, value)) as value, count(distinct account_key) as ids
from core.identities
where key in (select key from core.identities where key is not null group by key having min(account_key) <> max(account_key))
  and key not in (select key from core.merges where state = 'undone' and key is not null)
group by key, kind having count(distinct account_key) <= $most;
