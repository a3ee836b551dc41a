-- Which data are these? Equal prints mean equal files and, as far as counts and sums
-- can tell, equal rows. Columns: print.
select md5(concat_ws('/',
  (select coalesce(string_agg(concat_ws(':', sha256, sheet, kept, rejected), ',' order by sha256, sheet), '') from raw.files),
  (select concat_ws(':', count(*), sum(net_revenue), min(ordered_at), max(ordered_at), count(person_key), sum(cost)) from core.orders),
  (select count(*) from core.persons), (select count(*) from core.refunds), (select count(*) from core.referrals),
  (select count(*) from core.interactions), (select concat_ws(':', count(*), sum(amount)) from core.spend))) as print;
