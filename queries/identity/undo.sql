-- Take back what was decided under a number.
-- $merge_key.
update core.merges set state = 'undone', undone_at = now()::timestamp where merge_key = $merge_key;
