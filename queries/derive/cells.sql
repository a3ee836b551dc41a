-- Which segment does each combination of scores fall into? For schemes that look
-- at scores alone, so that customers are placed by 125 cells instead of one by one.
create or replace temp table placed as
with cells as (select distinct r, f, m, ceil((f + m) / 2)::int as fm from temp.scored),
placed_cells as (
  select c.r, c.f, c.m, arg_min(b.segment, b.rank) as segment
  from cells c left join derived.boxes b
    on (c.r > b.r_lo or c.r = b.r_lo and not b.r_lo_open) and (c.r < b.r_hi or c.r = b.r_hi and not b.r_hi_open)
    and (c.f > b.f_lo or c.f = b.f_lo and not b.f_lo_open) and (c.f < b.f_hi or c.f = b.f_hi and not b.f_hi_open)
    and (c.m > b.m_lo or c.m = b.m_lo and not b.m_lo_open) and (c.m < b.m_hi or c.m = b.m_hi and not b.m_hi_open)
    and (c.fm > b.fm_lo or c.fm = b.fm_lo and not b.fm_lo_open) and (c.fm < b.fm_hi or c.fm = b.fm_hi and not b.fm_hi_open)
  group by c.r, c.f, c.m
)
select person_key, coalesce(segment, 'Unmatched') as segment from temp.scored join placed_cells using (r, f, m);
