-- … also where they were merged before.
delete from core.accounts where account_key in (select alias_key from temp.aliased);
