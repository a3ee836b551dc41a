-- Note a snapshot whose rows are kept.
-- $key, $name, $note, $page, $rows, $saved_at: see saved.snapshots; $record: JSON.
insert into saved.snapshots values ($key, $name, $note, $page, $rows, $saved_at, null, $record);
