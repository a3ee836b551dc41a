-- Which customer ids need repair: cleaned, refused, hidden or no id at all?
create or replace temp table id_repairs as
with cleaned as (
  select person_key, customer_id, id_clean(customer_id) as id from temp.new_customers where suspect
)
select person_key, customer_id, case when id_hidden(id) or id_null(id) then null else id end as repaired,
  id_refused(id) as refused, id_hidden(id) as hidden
from cleaned
where id <> customer_id or id_refused(id) or id_hidden(id) or id_null(id);
