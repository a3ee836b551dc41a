-- Which customer ids need repair: cleaned, refused, hidden or no id at all?
-- Most ids show at a glance that they need no look: printing characters that no
-- repair touches, and more of them than a word for nothing has. One plain pattern
-- tells them; cleaning a million of them would take longer than making persons.
create or replace temp table id_repairs as
with suspects as materialized (
  select person_key, customer_id from temp.new_customers
  where strlen(customer_id) <= 4 or not regexp_full_match(customer_id, '[!%&(),\-/-~][!#-),\-/-~]*')
), cleaned as (
  select *, id_clean(customer_id) as id from suspects
)
select person_key, customer_id, case when id_hidden(id) or id_null(id) then null else id end as repaired,
  id_refused(id) as refused, id_hidden(id) as hidden
from cleaned
where id <> customer_id or id_refused(id) or id_hidden(id) or id_null(id);
