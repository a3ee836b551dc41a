-- Who was brought in by whom, as the customers file says?
insert into core.referrals by name
select file_key, line, key_of(referrer) as referrer_key, person_key as referred_key, registered_at as "at", 'customers file' as evidence,
  'customer' as kind, referrer as referrer_id, customer_id as referred_id
from temp.people where referrer is not null and not id_null(referrer) and not id_hidden(referrer) and not id_refused(referrer) order by line;
