-- Which keys are the new persons known by?
-- $from: the first new file_key. load_files: file_key, identity.
insert into core.identities
select p.person_key, f.identity, p.customer_id, p.file_key, false
from core.persons p join temp.load_files f on f.file_key = p.file_key
where p.file_key >= $from and f.kind = 'orders';
