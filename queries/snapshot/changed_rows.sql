-- How many rows that are in both answers differ in anything?
-- {view}: made by snapshot/align. {> differs}: see snapshot/differs. Columns: n.
select count(*) as n from scratch.main.{view} where was and stands and ({> differs});
