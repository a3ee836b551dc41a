-- Which ids were made one, or said to be two, and why? The latest first.
-- $limit: merges. Columns: merge_key; state; rule; value: the key they share;
-- customer_id: the person they are now, or the first of a refused pair; others:
-- the other ids; score: of a pair decided by hand; evidence; decided_at,
-- undone_at: UTC; merges: how many there are.
with decided as (
  select *, count(*) over () as merges from core.merges order by coalesce(undone_at, decided_at) desc, merge_key desc limit $limit
), shared as (
  select d.merge_key, list(distinct i.account_key) as ids from decided d join core.identities i using (key) group by d.merge_key
  union all
  select merge_key, [one_key, other_key] from decided where rule = 'hand'
), named as (
  select s.merge_key, coalesce(p.customer_id, a.customer_id) as shown, coalesce(a.customer_id, p.customer_id) as id
  from (select merge_key, unnest(ids) as account_key from shared) s
  left join core.accounts a using (account_key)
  left join core.persons p on p.person_key = coalesce(a.person_key, s.account_key)
), gathered as (
  select merge_key, min(shown) as shown, list_sort(list(id)) as ids from named where id is not null group by merge_key
)
select d.merge_key, d.state, d.rule, d.value, coalesce(g.shown, d.one_id) as customer_id,
  coalesce(list_filter(g.ids, lambda id: id <> g.shown), [d.other_id]) as others, d.score, d.evidence, d.decided_at, d.undone_at, d.merges
from decided d left join gathered g using (merge_key)
order by coalesce(d.undone_at, d.decided_at) desc, d.merge_key desc;
