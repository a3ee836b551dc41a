-- The referrals of buyers that go by platform and id; see load/scope_rows.sql.
-- $file_key; $platform: of the file.
update core.referrals as r set referred_key = key_of($platform || ' ' || c.id), referred_id = $platform || ' ' || c.id
from temp.claimed c where r.file_key = $file_key and r.referred_id = c.id;
