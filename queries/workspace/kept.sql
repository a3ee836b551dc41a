-- What does the workspace keep under a name?
-- $name. Columns: value.
select value from saved.workspace where name = $name;
