-- How far does word of mouth reach?
-- Columns: referrers: customers with a counted order who brought in somebody;
-- brought_in: people they brought in directly; strangers: referrers nobody knows;
-- roots: trees; deepest: generations below a root; linked: people in trees;
-- reward: of the referrals that count, in currency; rewarded: how many say one;
-- refused: statements that do not count.
select count(*) filter (r.direct > 0 and c.orders > 0) as referrers, coalesce(sum(r.direct) filter (c.orders > 0), 0)::bigint as brought_in,
  count(*) filter (not r.known) as strangers, count(*) filter (r.generation = 0) as roots, max(r.generation) as deepest, count(*) as linked,
  sum(r.reward) filter (r.generation > 0) as reward, count(*) filter (r.generation > 0 and r.reward > 0) as rewarded,
  (select count(*) from derived.refused_edges) as refused
from derived.referrals r left join derived.customers c using (person_key);
