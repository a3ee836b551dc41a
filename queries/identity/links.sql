-- Which ids have what in common?
-- Columns: account_key; link: ids of one link are one person's.
select distinct account_key, key as link
from core.identities join temp.identity_shared using (key)
where account_key in (select account_key from temp.identity_everybody)
union all
select unnest([one_key, other_key]), -merge_key::bigint
from core.merges
where rule = 'hand' and state = 'made' and one_key in (select account_key from temp.identity_everybody)
  and other_key in (select account_key from temp.identity_everybody);
