-- Which snapshots are there, and what do they rest on?
-- {> where}, {> order}: parts of queries/filter and queries/grid, or snapshot/latest.
-- Columns: name, page, note, as_of: last day that counted; saved_at; rows; basis;
-- scheme; model: null where none could be fitted; currency; window_months: 0 for all
-- history; files: how many they rest on; program: its version.
select name, page, note, as_of, saved_at, rows, basis, scheme, model, currency, window_months, files, program
from (
  select *, -snapshot_key as rowid, try_cast(nullif(record ->> '$.as_of', '') as date) as as_of, record ->> '$.basis' as basis,
    record ->> '$.scheme' as scheme, record ->> '$.model.purchases.model' as model, record ->> '$.currency' as currency,
    (record ->> '$.window')::bigint as window_months, json_array_length(record, '$.files')::bigint as files, record ->> '$.program' as program
  from saved.snapshots where deleted_at is null
) where {> where} order by {> order};
