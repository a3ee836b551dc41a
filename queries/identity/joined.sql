-- How many persons are there, and how many ids were merged into others?
-- Columns: persons; merged: ids beside those that are shown.
select (select count(*) from core.persons) as persons, (select count(*) - count(distinct person_key) from core.accounts) as merged;
