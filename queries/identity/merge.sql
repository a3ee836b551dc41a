-- What was decided under a number?
-- $merge_key. Columns: state, rule, value, one_id, other_id.
select state, rule, value, one_id, other_id from core.merges where merge_key = $merge_key;
