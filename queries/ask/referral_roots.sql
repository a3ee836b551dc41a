-- Who are the roots that matter most?
-- {measure}: a column of derived.referrals; $limit: how many.
select {> grid/referral_columns} from derived.referrals where generation = 0 and direct > 0
order by {measure} desc, node limit $limit;
