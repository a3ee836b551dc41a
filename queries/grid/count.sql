-- How many rows does a grid have? Columns: n.
-- {view}: its name.
select count(*) as n from scratch.main.{view};
