-- Give up what a snapshot holds.
-- {table}: of the snapshot.
drop table if exists saved.{table};
