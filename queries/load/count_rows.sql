-- How many rows does a file have?
-- Columns: n.
-- {> source}: the file.
select count(*) as n from {> source};
