-- How many rows of a customers file describe somebody whom an earlier row describes?
-- Columns: n.
-- {> source}: the file. Other placeholders as in load/people.sql.
select count(*) - count(distinct key) as n
from (select coalesce(id_clean({customer_id}), email_clean({email}), phone_clean({phone}), id_clean({member_no})) as key from {> source})
where key is not null and not id_null(key) and not id_refused(key) and not id_hidden(key);
