-- How many customers files loaded before say under which other ids orders name
-- their people?
-- Columns: n.
select count(*) as n from raw.files where kind = 'customers' and json_exists(mapping, '$.alias_id');
