-- Forget a snapshot whose rows are gone.
-- $key: which.
delete from saved.snapshots where snapshot_key = $key;
