-- Take a snapshot away, so that it can still be brought back.
-- $key: which.
update saved.snapshots set deleted_at = now()::timestamp where snapshot_key = $key;
