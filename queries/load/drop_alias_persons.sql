-- … and themselves.
delete from core.persons where person_key in (select alias_key from temp.aliased);
