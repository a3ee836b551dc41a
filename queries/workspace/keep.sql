-- Keep a value under a name.
-- $name, $value.
insert or replace into saved.workspace values ($name, $value);
