-- How many rows does a file have?
-- Columns: n.
select count(*) as n from {> source};
