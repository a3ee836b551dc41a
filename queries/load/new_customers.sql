-- Who ordered in the newly read files?
-- Parameters and placeholders: see load/new_rows.sql.
create or replace temp table new_customers as
select customer_id, any_value(person_key) as person_key, min(file_key) as file_key
from {> load/new_rows} where person_key is not null
group by customer_id;
