-- Who ordered that was not known yet?
-- $from: the first new file_key.
insert into core.persons by name
select file_key, person_key, customer_id
from temp.new_customers
where person_key not in (select person_key from core.persons) and person_key not in (select account_key from core.accounts);
