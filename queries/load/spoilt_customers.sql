-- Which customer ids need repair: cleaned, refused, hidden or no id at all?
-- Most ids show at a glance that they need no look; reading a million of them by
-- regular expressions would take longer than all the rest of making persons.
create or replace temp table id_repairs as
with suspects as materialized (
  select person_key, customer_id from temp.new_customers
  where length(customer_id) <= 4 or strlen(customer_id) <> length(customer_id) or customer_id < '!' or right(customer_id, 1) < '!'
    or contains(customer_id, ' ') or contains(customer_id, '.') or contains(customer_id, '+') or contains(customer_id, '*')
    or contains(customer_id, '"') or starts_with(customer_id, '''') or starts_with(customer_id, '##') or starts_with(customer_id, '$$')
), cleaned as (
  select *, id_clean(customer_id) as id from suspects
)
select person_key, customer_id, case when id_hidden(id) or id_null(id) then null else id end as repaired,
  id_refused(id) as refused, id_hidden(id) as hidden
from cleaned
where id <> customer_id or id_refused(id) or id_hidden(id) or id_null(id);
