-- Who hangs together with nobody? They keep their own value. As the columns of
-- derived.referrals that are shown.
(select customer_id, {> grid/referral_own} as own, 0 as direct, 0 as descendants, 0::double as direct_value, 0::double as brought,
   0::double as influence, {> grid/referral_own} as conserved, 0 as depth, 0::double as referral, 0::double as passed_up, 0::double as crv,
   0 as generation, null::varchar as referrer_id, true as known, null::boolean as referrer_known
 from derived.customers where person_key not in (select person_key from derived.referrals))
