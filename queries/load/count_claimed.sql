-- How many customer ids of the file name customers of another platform? Columns: n;
-- example: one of them.
select count(*) as n, min(id) as example from temp.claimed;
