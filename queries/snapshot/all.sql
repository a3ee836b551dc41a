-- All rows of a snapshot, in their order.
-- {table}: of the snapshot.
select * from saved.{table};
