-- Which customer ids of a newly read file name customers of another platform already?
-- Every platform numbers its own customers: the same id on two is two persons. Files
-- that know their customers by an id of the platform are those of $files, $platforms
-- (lists of equal length). $file_key; $platform: of the file; {schema}.{table}: its
-- rows; {> load/claims}: ids by file.
create or replace temp table claimed as
with files as (
  select unnest($files::integer[]) as file_key, unnest($platforms::varchar[]) as platform
), claims as (
  select distinct id_tidy(c.customer_id) as id, f.platform from {> load/claims} c join files f using (file_key)
)
select distinct id_tidy(customer_id) as id from {schema}.{table}
where file_key = $file_key and customer_id is not null and not id_hidden(customer_id) and not id_null(customer_id)
  and id_tidy(customer_id) in (select id from claims where platform <> $platform)
  and id_tidy(customer_id) not in (select id from claims where platform = $platform);
