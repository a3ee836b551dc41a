-- Which customer id shares its key with another? The first of them.
-- Columns: customer_id.
select min(customer_id) as customer_id
from (select min(customer_id) as customer_id from temp.new_customers group by person_key having count(*) > 1);
