-- … and what else names them.
-- {table}: identities, interactions or campaign_members.
update core.{table} as t set person_key = m.person_key
from temp.identity_moves m
where t.account_key = m.account_key and t.person_key <> m.person_key;
