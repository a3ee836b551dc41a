-- Forget a grid.
-- {view}: its name.
drop table if exists scratch.main.{view};
