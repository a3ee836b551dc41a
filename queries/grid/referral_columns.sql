-- Which columns of derived.referrals are shown, in which order?
customer_id, own, direct, descendants, direct_value, brought, influence, conserved, depth, referral, passed_up, crv, generation, referrer_id, known, referrer_known
