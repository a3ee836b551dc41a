-- How many rows does a snapshot have? Columns: n.
-- {table}: of the snapshot.
select count(*) as n from saved.{table};
