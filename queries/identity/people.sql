-- Which person is every such id? A person is known by a customer id rather than by
-- an e-mail address, and by that rather than by a phone; by the shorter of two ids,
-- then by the alphabet. Ids that are nobody else's any more are persons again.
create or replace temp table identity_people as
with ranked as (
  select c.component, a.account_key, row_number() over (partition by c.component order by
    case when contains(a.customer_id, '@') then 2 when p.account_key is not null then 3 else 1 end, length(a.customer_id), a.customer_id) as rank
  from temp.identity_components c join core.accounts a using (account_key)
  left join (select distinct account_key, value from core.identities where kind = 'phone') p
    on p.account_key = a.account_key and p.value = a.customer_id
)
select r.account_key, f.account_key as person_key, r.rank
from ranked r join ranked f on f.component = r.component and f.rank = 1
union all
select account_key, account_key, 1 from core.accounts where account_key not in (select account_key from temp.identity_components);
