-- Who is said to have brought in whom up to the as-of date, person by person?
-- Times are local microseconds. What a customers file says has no time of its own:
-- it holds from registration on, or from the first order if that was earlier.
-- $zone; $end: the moment after the as-of day, in UTC. {> stated}: see
-- derive/referral_stated.sql; {local}: the macro that turns UTC into local time.
-- Numbered after sorting, which takes half as long as ranking.
create or replace temp table referral_edges as
select row_number() over () - 1 as edge, *
from (
  select s.file_key, s.line, s.evidence, s.referrer_id, s.referred_id, s."at", s.status, s.reward, s.kind,
    coalesce(a.person_key, s.referrer_key) as referrer_key, coalesce(b.person_key, s.referred_key) as referred_key,
    case when s.evidence = 'customers file' then least(epoch_us({local}(s."at", $zone)), epoch_us(c.first_order::timestamp))
      else epoch_us({local}(s."at", $zone)) end as moment
  from {> stated} s
  left join temp.referral_aliases a on a.key = s.referrer_key
  left join temp.referral_aliases b on b.key = s.referred_key
  left join derived.customers c on c.person_key = coalesce(b.person_key, s.referred_key)
  where s."at" is null or s."at" < $end or (s.evidence = 'customers file' and c.first_order is not null)
  order by s.file_key, s.line, s.evidence
);
