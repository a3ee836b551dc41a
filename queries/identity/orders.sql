-- Give orders to the persons of their ids …
update core.orders as o set person_key = m.person_key
from temp.identity_moves m
where key_of(o.customer_id) = m.account_key and o.person_key <> m.person_key;
