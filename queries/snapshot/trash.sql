-- Which snapshots were taken away and can be brought back, the latest first?
-- Columns: name.
select name from saved.snapshots where deleted_at is not null order by deleted_at desc, snapshot_key desc;
