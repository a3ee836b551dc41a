-- Which columns does an answer that was kept have?
-- {view}: its name.
select * from scratch.main.{view} limit 0;
