-- The other keys of customers that go by platform and id; see load/scope_rows.sql.
-- $file_key; $platform: of the file.
update core.identities as i set person_key = key_of($platform || ' ' || c.id), account_key = key_of($platform || ' ' || c.id)
from temp.claimed c where i.source = $file_key and i.account_key = key_of(c.id);
