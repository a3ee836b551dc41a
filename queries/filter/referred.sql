-- Was the customer brought in by somebody, or not, and does an order count?
-- $referred: whether.
orders > 0 and (person_key in (select person_key from derived.referrals where generation > 0)) = $referred
