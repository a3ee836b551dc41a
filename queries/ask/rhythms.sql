-- After how many days do customers come back, by the order they were at?
-- Columns: number: of the order day the gap follows, from 1; gap: in days; n: how
-- often there was such a gap.
with gaps as (
  select unnest(range(1, len(days))) as number, unnest([days[i + 1] - days[i] for i in range(1, len(days))]) as gap
  from derived.purchase_days where len(days) > 1
)
select number, gap, count(*) as n from gaps group by all order by all;
