-- Note that something was done that touches people's data.
-- $action, $what.
insert into saved.audit values (now()::timestamp, $action, $what);
