-- Which snapshots were taken away too long ago to be brought back?
-- $days: how long they can be. Columns: key.
select snapshot_key as key from saved.snapshots where deleted_at < now()::timestamp - to_days($days::integer);
