-- Which keys joined ids for the first time?
insert into core.merges by name
select (select coalesce(max(merge_key), 0) from core.merges) + row_number() over (order by kind, value) as merge_key, 'made' as state, kind as rule, key,
  value, now()::timestamp as decided_at
from temp.identity_shared where key not in (select key from core.merges where key is not null);
