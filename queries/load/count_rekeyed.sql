-- How many orders only share their number with an order of another platform?
-- Columns: n.
select count(*) as n from temp.rekeyed;
