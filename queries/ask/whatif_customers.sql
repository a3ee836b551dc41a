-- What do scenarios of a fitted model start from?
-- One row per customer with an order, in the order of derived.customers, as narrow as
-- can be: a million of them are read. DuckDB keeps the order of a table that is only
-- filtered; to ask for it would sort them all.
-- $segments: names of segments; {> known}: historic, and referral and cost where any
-- are known. Columns: key: position in $segments (from 0), x, t_x and t_cal in days,
-- packed into 8, 19, 18 and 18 bits; m_x and the others in currency.
select ((coalesce(list_position($segments, segment), len($segments)) - 1)::bigint << 55) + (x::bigint << 36) + (t_x::bigint << 18) + t_cal::bigint as key,
  m_x, {> known}
from derived.customers where x is not null;
