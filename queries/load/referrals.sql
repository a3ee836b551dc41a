-- Who brought whom, as a referrals file says?
-- Parameters and placeholders as in load/products.sql; $at_formats.
insert into core.referrals
select $file_key::integer, line, key_of(referrer), key_of(referred), "at", evidence, status, reward, kind
from (
  select row_number() over () - 1 + $first as line, id_clean({referrer_id}) as referrer, id_clean({referred_id}) as referred,
    {moment}({at_as}({at}, $at_formats), $zone) as "at", coalesce({evidence}, 'referrals file') as evidence, {status} as status,
    {reward_as}({reward}) as reward, coalesce(lower({referral_kind}), 'customer') as kind
  from {> source}
)
where referrer is not null and referred is not null and not id_null(referrer) and not id_null(referred)
  and not id_refused(referrer) and not id_refused(referred)
order by line;
