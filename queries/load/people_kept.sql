-- How many people does the customers file describe?
-- Columns: n; date_min, date_max: when they registered.
select count(*) as n, min(registered_at) as date_min, max(registered_at) as date_max from temp.people;
