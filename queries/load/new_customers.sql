-- Who ordered in the newly read files?
-- $from: the first new file_key.
create or replace temp table new_customers as
select customer_id, any_value(person_key) as person_key, min(file_key) as file_key
from core.orders where file_key >= $from and person_key is not null
group by customer_id;
