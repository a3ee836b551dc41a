-- Why do referrals not count?
-- Columns: reason; n: how many.
select reason, count(*) as n from derived.refused_edges group by reason order by n desc, reason;
