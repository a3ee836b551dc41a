-- Who brought whom, as a referrals file says?
-- Parameters and placeholders as in load/products.sql; $at_formats.
insert into core.referrals by name
select $file_key::integer as file_key, line, key_of(referrer_id) as referrer_key, key_of(referred_id) as referred_key, "at", evidence, status, reward,
  kind, referrer_id, referred_id
from (
  select row_number() over () - 1 + $first as line, id_tidy({referrer_id}) as referrer_id, id_tidy({referred_id}) as referred_id,
    {moment}({at_as}({at}, $at_formats), $zone) as "at", coalesce({evidence}, 'referrals file') as evidence, {status} as status,
    {reward_as}({reward}) as reward, coalesce(lower({referral_kind}), 'customer') as kind
  from {> source}
)
where referrer_id is not null and referred_id is not null and not id_null(referrer_id) and not id_null(referred_id)
  and not id_refused(referrer_id) and not id_refused(referred_id) and not id_hidden(referrer_id) and not id_hidden(referred_id);
