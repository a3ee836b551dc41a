-- Which customer ids need repair: cleaned, refused, hidden or no id at all?
-- Most ids are made of letters, digits, dashes and the like, and need no look.
create or replace temp table id_repairs as
select person_key, customer_id, case when id_hidden(id) or id_null(id) then null else id end as repaired,
  id_refused(id) as refused, id_hidden(id) as hidden
from (
  select *, id_clean(customer_id) as id from temp.new_customers
  where regexp_matches(customer_id, '[^0-9A-Za-z_@:/-]') or length(customer_id) <= 4
)
where id <> customer_id or id_refused(id) or id_hidden(id) or id_null(id);
