-- Which key does the next snapshot get? Columns: key.
select coalesce(max(snapshot_key), 0) + 1 as key from saved.snapshots;
