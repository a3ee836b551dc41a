-- The order of snapshots: what was saved last first.
saved_at desc, snapshot_key desc
