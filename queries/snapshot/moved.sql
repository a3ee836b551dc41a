-- In how many rows that are in both answers does a column differ?
-- {view}: made by snapshot/align. {before}, {after}: the column in either. Columns: n.
select count(*) as n from scratch.main.{view} where was and stands and {before} is distinct from {after};
