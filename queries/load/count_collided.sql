-- Do two of the new customers share a key?
-- Parameters and placeholders: see load/new_rows.sql; {schema}.{table}: the new customers.
-- Columns: n: keys that two ids share, which load/collided.sql names.
select count(*) - count(distinct person_key) as n from {> load/new_rows};
