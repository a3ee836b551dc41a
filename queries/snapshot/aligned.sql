-- How many rows are compared, and do their keys tell them apart?
-- {view}: made by snapshot/align. Columns: n, keys, added, removed.
select count(*) as n, count(distinct key) as keys, count(*) filter (not was) as added, count(*) filter (not stands) as removed
from scratch.main.{view};
