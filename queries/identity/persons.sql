-- … and write them: what is known of any of a person's ids, of the one that is shown
-- first.
insert into core.persons by name
select arg_min(a.file_key, rank) as file_key, arg_min(a.line, case when rank = 1 then 1 end) as line, a.person_key,
  arg_min(a.customer_id, rank) as customer_id, arg_min(name, rank) as name, arg_min(email, rank) as email, arg_min(phone, rank) as phone,
  arg_min(gender, rank) as gender, arg_min(birth, rank) as birth, arg_min(city, rank) as city, arg_min(region, rank) as region,
  arg_min(country, rank) as country, min(registered_at) as registered_at, arg_min(tags, rank) as tags
from core.accounts a join temp.identity_people p using (account_key)
group by a.person_key order by customer_id;
