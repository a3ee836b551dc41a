-- Which snapshot has a name?
-- $name. Columns: key, record: JSON.
select snapshot_key as key, record from saved.snapshots where deleted_at is null and name = $name;
