-- All rows of a grid, in its order.
-- {view}: its name.
select * from scratch.main.{view};
