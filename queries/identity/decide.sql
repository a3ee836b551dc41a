-- Keep what an analyst decided on a pair of ids, in place of what was decided on it
-- before.
-- $state: made or refused; $one_key, $other_key; $one_id, $other_id; $score, 0–1, and
-- $evidence: of the suggestion, null for a pair that was not suggested.
insert into core.merges by name
select (select coalesce(max(merge_key), 0) + 1 from core.merges) as merge_key, $state::varchar as state, 'hand' as rule, $one_key::bigint as one_key,
  $one_id::varchar as one_id, $other_key::bigint as other_key, $other_id::varchar as other_id, $score::double as score, $evidence::varchar as evidence,
  now()::timestamp as decided_at;
