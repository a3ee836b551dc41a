-- Which segment does each combination of scores fall into? For schemes that look
-- at scores alone, so that customers are placed by their cell, not one by one.
-- $levels: of the scores.
create or replace temp table cells as
with cells as (
  select r, f, m, ((f + m + 1) // 2) as fm
  from range(1, $levels + 1) t1(r), range(1, $levels + 1) t2(f), range(1, $levels + 1) t3(m)
)
select c.r::utinyint as r, c.f::utinyint as f, c.m::utinyint as m, coalesce(arg_min(b.segment, b.rank), 'Unmatched') as segment
from cells c left join derived.boxes b
  on (c.r > b.r_lo or c.r = b.r_lo and not b.r_lo_open) and (c.r < b.r_hi or c.r = b.r_hi and not b.r_hi_open)
  and (c.f > b.f_lo or c.f = b.f_lo and not b.f_lo_open) and (c.f < b.f_hi or c.f = b.f_hi and not b.f_hi_open)
  and (c.m > b.m_lo or c.m = b.m_lo and not b.m_lo_open) and (c.m < b.m_hi or c.m = b.m_hi and not b.m_hi_open)
  and (c.fm > b.fm_lo or c.fm = b.fm_lo and not b.fm_lo_open) and (c.fm < b.fm_hi or c.fm = b.fm_hi and not b.fm_hi_open)
group by c.r, c.f, c.m;
