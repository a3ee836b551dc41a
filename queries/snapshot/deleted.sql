-- Which snapshot of a name was taken away last?
-- $name. Columns: key, record: JSON.
select snapshot_key as key, record from saved.snapshots where deleted_at is not null and name = $name
order by deleted_at desc, snapshot_key desc limit 1;
