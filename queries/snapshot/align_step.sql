-- What stood in another answer where two are compared?
-- {step}: its name. {view}: made by snapshot/align. {> answer}: see snapshot/side.
-- Columns: n; there: whether the row is in it; then then.…
create or replace table scratch.main.{step} as
with s as ({> answer})
select w.n, s.key is not null as there, s.* exclude (key, place) from scratch.main.{view} w left join s on w.key = s.key;
