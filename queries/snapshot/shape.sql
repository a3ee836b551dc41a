-- Which columns does a snapshot have?
-- {table}: of the snapshot.
select * from saved.{table} limit 0;
