-- Keep a scenario under its name.
-- $name; $mode: fitted or formula; $scenario: JSON; $as_of: the last day that counts.
insert or replace into saved.scenarios values ($name, $mode, $scenario::json, now()::timestamp, $as_of::date);
