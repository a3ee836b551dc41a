-- How many persons are there? Columns: n.
select count(*) as n from derived.customers;
