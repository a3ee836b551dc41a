-- How many people did a customer bring in directly?
coalesce((select max(n.direct) from derived.referrals n where n.person_key = m.person_key), 0) as referred
