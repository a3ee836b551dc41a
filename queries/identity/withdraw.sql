-- Set aside what was decided on a pair of ids before.
-- $one_key, $other_key.
update core.merges set state = 'undone', undone_at = now()::timestamp
where rule = 'hand' and state in ('made', 'refused') and least(one_key, other_key) = least($one_key::bigint, $other_key::bigint)
  and greatest(one_key, other_key) = greatest($one_key::bigint, $other_key::bigint);
