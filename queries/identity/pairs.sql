-- Which pairs of persons are worth a look? Those who have name and city, name and
-- birthday, the name, the mailbox or city and birthday in common with few others.
-- Pairs that were said to be two, or whose common key was taken back, are not
-- suggested again.
-- $most: people who may have it in common; $near: Jaro-Winkler similarity of names
-- that are alike; $least: score from which on a pair is told; $limit: pairs;
-- $typo_email, $same_name, $near_email, $near_name, $same_birth, $near_phone,
-- $same_city, $other_phone, $other_email, $other_birth: what evidence adds to the
-- score, see identity.Weights.
-- Columns: one, other: persons; score: 0–1; the evidence; pairs: how many there are.
with people as materialized (
  from {> identity/compared}
), blocks as materialized (
  select person_key, block from (
    select person_key, unnest([
      case when name is not null and city is not null then hash('c', name, city) end,
      case when name is not null and birth is not null then hash('b', name, birth) end,
      case when name is not null then hash('n', name) end, case when length(mailbox) >= 5 then hash('m', mailbox) end,
      case when city is not null and birth is not null then hash('d', city, birth) end]) as block
    from people
  ) where block is not null
), few as ( -- most people have nothing in common with anybody: count them before they are listed
  select list(person_key) as members
  from blocks where block in (select block from blocks group by block having count(*) between 2 and $most) group by block
), pairs as (
  select distinct least(one, other) as one_key, greatest(one, other) as other_key
  from (
    select members[i] as one, unnest(members[i + 1:]) as other
    from (select members, unnest(range(1, len(members))) as i from few)
  ) where one <> other
), seen as (
  select one_key, other_key,
    coalesce(a.name = b.name, false) as same_name,
    coalesce(a.name <> b.name and jaro_winkler_similarity(a.name, b.name) >= $near, false) as near_name,
    coalesce(a.city = b.city, false) as same_city, coalesce(a.birth = b.birth, false) as same_birth, coalesce(a.birth <> b.birth, false) as other_birth,
    coalesce(a.mailbox = b.mailbox and length(a.mailbox) >= 5 and levenshtein(a.domain, b.domain) <= 2, false) as typo_email,
    coalesce(a.domain = b.domain and a.mailbox <> b.mailbox and length(a.mailbox) >= 5 and levenshtein(a.mailbox, b.mailbox) <= 2, false) as near_email,
    coalesce(a.email <> b.email, false) as two_emails,
    coalesce(a.phone <> b.phone and levenshtein(a.phone, b.phone) = 1, false) as near_phone, coalesce(a.phone <> b.phone, false) as two_phones
  from pairs join people a on a.person_key = one_key join people b on b.person_key = other_key
), told as (
  select * exclude (two_emails, two_phones), two_emails and not typo_email and not near_email as other_email, two_phones and not near_phone as other_phone
  from seen
), scored as (
  select *, typo_email::integer * $typo_email + same_name::integer * $same_name + near_email::integer * $near_email + near_name::integer * $near_name
    + same_birth::integer * $same_birth + near_phone::integer * $near_phone + same_city::integer * $same_city
    + other_phone::integer * $other_phone + other_email::integer * $other_email + other_birth::integer * $other_birth as points
  from told
), apart as (
  select distinct coalesce(a.person_key, m.one_key) as one_key, coalesce(b.person_key, m.other_key) as other_key
  from core.merges m left join core.accounts a on a.account_key = m.one_key left join core.accounts b on b.account_key = m.other_key
  where m.state = 'refused'
  union
  select x.person_key, y.person_key
  from core.merges m join core.identities x on x.key = m.key join core.identities y on y.key = m.key
  where m.state = 'undone' and x.person_key <> y.person_key
), open as (
  select s.* from scored s
  where points >= $least - 1e-9 and not exists (select 1 from apart where (apart.one_key = s.one_key and apart.other_key = s.other_key)
    or (apart.one_key = s.other_key and apart.other_key = s.one_key))
)
select o.*, least(points, 1) as score, count(*) over () as pairs
from open o join people a on a.person_key = o.one_key join people b on b.person_key = o.other_key
order by points desc, least(a.customer_id, b.customer_id), greatest(a.customer_id, b.customer_id) limit $limit;
