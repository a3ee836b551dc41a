-- Which snapshots are there, latest first?
-- $text: what the name, the note, the page or the SQL holds; empty for all.
-- Columns: key, record: JSON.
select snapshot_key as key, record from saved.snapshots
where deleted_at is null
  and ($text = '' or contains(lower(concat_ws(chr(10), name, note, page, json_extract_string(record, '$.sql'))), lower($text)))
order by saved_at desc, snapshot_key desc;
