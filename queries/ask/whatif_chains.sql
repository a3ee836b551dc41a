-- Who brought in whom, as scenarios of word of mouth take it?
-- Columns: those of derived.referrals that are reckoned with, in pre-order; historic:
-- what the person brought so far, in currency; number: of the customer among those
-- with an order, from 0 in the order of derived.customers, null for anybody else.
with numbered as (
  select person_key, coalesce(historic, 0) as historic, row_number() over (order by rowid) - 1 as number
  from derived.customers where x is not null
)
select r.parent, r.person_key, r.own, r.counted, r.reward, n.historic, n.number
from derived.referrals r left join numbered n using (person_key) order by r.node;
