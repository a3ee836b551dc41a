-- Bring a snapshot back.
-- $key: which.
update saved.snapshots set deleted_at = null where snapshot_key = $key;
