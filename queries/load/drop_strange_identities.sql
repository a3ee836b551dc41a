-- Forget the keys of ids whose every order was rejected.
-- $from: the first new file_key.
delete from core.identities where source >= $from and account_key not in (
  select person_key from core.persons union all select account_key from core.accounts);
