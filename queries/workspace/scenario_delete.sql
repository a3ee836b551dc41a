-- Forget a scenario.
-- $name.
delete from saved.scenarios where name = $name;
