-- Who was brought in by whom, as the customers file says?
insert into core.referrals
select file_key, line, key_of(referrer), person_key, registered_at, 'customers file', null, null, 'customer'
from temp.people where referrer is not null and not id_null(referrer) order by line;
