-- Whom do the referrals name that is known? Best customer first, as derived.customers
-- has them.
-- Columns: person_key; until: the last moment at which they can have been brought
-- in, the end of the day of the first order, in local microseconds, null without
-- one; historic, predicted: value in the basis of the settings.
select c.person_key, epoch_us((c.first_order + 1)::timestamp) - 1 as until, coalesce(c.historic, 0) as historic, coalesce(c.predicted, 0) as predicted
from derived.customers c
where c.person_key in (select referrer_key from temp.referral_edges union all select referred_key from temp.referral_edges)
order by c.rowid;
