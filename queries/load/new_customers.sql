-- Who ordered in the newly read files that was not known yet?
-- {first_file}: the macro that finds out which file named each first; $single: the file,
-- where it is but one. Other parameters and placeholders: see load/new_rows.sql.
-- Most ids show at a glance that they need no repair (suspect: the others): printing
-- characters that no repair touches, and more of them than a word for nothing has. One
-- plain pattern tells them; cleaning a million of them would take longer than making
-- persons.
create or replace temp table new_customers as
with customers as (
  select customer_id, key_of(customer_id) as person_key, {first_file}(file_key, $single) as file_key
  from {> load/new_rows} where customer_id is not null
  group by customer_id
)
select customer_id, person_key, file_key,
  strlen(customer_id) <= 4 or not regexp_full_match(customer_id, '[!%&(),\-/-~][!#-),\-/-~]*') as suspect
from customers
where person_key not in (select person_key from core.persons) and person_key not in (select account_key from core.accounts);
