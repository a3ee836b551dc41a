-- Who is a customer? Personal fields.
-- $person_key.
select name, email, phone, gender, birth, city, region, country, registered_at, tags from core.persons where person_key = $person_key limit 1;
