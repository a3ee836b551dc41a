-- Who ordered in the newly read files?
-- $from: the first new file_key.
create or replace temp table new_customers as
select person_key, min(customer_id) as customer_id, max(customer_id) as other_id, min(file_key) as file_key
from core.orders where file_key >= $from and person_key is not null
group by person_key;
