-- Which rows of a customers file name nobody?
-- $file_key; $column: what the key is called; $first: number of the first record;
-- $reason, $refused, $hidden: why. Other placeholders as in load/people.sql.
-- {> source}: the file.
insert into raw.rejects
select $file_key::integer, line, $column, left(key, 200),
  case when key is null or id_null(key) then $reason when id_refused(key) then $refused else $hidden end
from (
  select row_number() over () - 1 + $first as line,
    coalesce(id_clean({customer_id}), email_clean({email}), phone_clean({phone}), id_clean({member_no})) as key
  from {> source}
)
where key is null or id_null(key) or id_refused(key) or id_hidden(key);
