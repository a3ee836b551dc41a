-- Who ordered in the newly read files?
-- Parameters and placeholders: see load/new_rows.sql.
-- Most ids show at a glance that they need no repair (suspect: the others): printing
-- characters that no repair touches, and more of them than a word for nothing has. One
-- plain pattern tells them; cleaning a million of them would take longer than making
-- persons.
create or replace temp table new_customers as
select customer_id, key_of(customer_id) as person_key, min(file_key) as file_key,
  strlen(customer_id) <= 4 or not regexp_full_match(customer_id, '[!%&(),\-/-~][!#-),\-/-~]*') as suspect
from {> load/new_rows} where customer_id is not null
group by customer_id;
