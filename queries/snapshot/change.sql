-- Give a snapshot another name and note.
-- $key: which. $name, $note, $record: JSON.
update saved.snapshots set name = $name, note = $note, record = $record where snapshot_key = $key;
