-- Add the persons of a customers file who are not known yet.
insert into core.persons by name
select file_key, line, person_key, customer_id, name, email, phone, gender, birth, city, region, country, registered_at, tags
from temp.people
where person_key not in (select person_key from core.persons) and person_key not in (select account_key from core.accounts) order by line;
