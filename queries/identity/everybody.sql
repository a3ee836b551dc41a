-- Who is there, by every id?
create or replace temp view identity_everybody as
select person_key as account_key, customer_id from core.persons where person_key not in (select account_key from core.accounts)
union all
select account_key, customer_id from core.accounts;
