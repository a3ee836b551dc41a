-- Is anybody said to have brought in somebody?
-- Columns: stated: referrals that stand in files; codes: customers' referral codes.
select (select count(*) from core.referrals) as stated, (select count(*) from core.identities where kind = 'referral code') as codes;
