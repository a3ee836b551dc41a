-- On which days did a customer buy?
-- $id: customer_id. Columns: day: days since 1970-01-01, ascending.
select date_diff('day', date '1970-01-01', unnest(days)) as day
from derived.purchase_days where person_key = (select min(person_key) from derived.customers where customer_id = $id);
