-- Which rows of two answers belong together? Those of the earlier one; the others of
-- the later one are added by snapshot/align_added.
-- {view}: its name. {> before}, {> after}: see snapshot/side. Columns: n: row number;
-- key; was, stands: whether the row is in the earlier and in the later answer; then
-- before.… and after.…
create or replace table scratch.main.{view} as
with a as ({> before}), b as ({> after})
select a.place as n, a.key as key, true as was, b.key is not null as stands, a.* exclude (key, place), b.* exclude (key, place)
from a left join b on a.key = b.key;
