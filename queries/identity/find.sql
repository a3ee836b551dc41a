-- Which persons are known by one of two ids, now or before they were merged?
-- $one, $other. Columns: customer_id: as it was asked for; account_key; person_key.
select customer_id, account_key, person_key from core.accounts where customer_id in ($one, $other)
union
select customer_id, person_key, person_key from core.persons
where customer_id in ($one, $other) and person_key not in (select account_key from core.accounts);
