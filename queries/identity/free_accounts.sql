-- Ids that are one with no other need no place of their own.
delete from core.accounts where account_key not in (select account_key from temp.identity_components);
