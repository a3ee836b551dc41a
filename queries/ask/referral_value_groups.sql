-- Which purchase histories do customers have who were brought in, and the others?
-- Customers with a counted order in the window. Columns: referred: yes or no; the
-- others: see ask/value_groups.sql.
select case when r.generation > 0 then 'yes' else 'no' end as referred, x, t_x, t_cal, count(*) as n,
  sum(greatest(m_x, 0)::decimal(38, 10))::double as m, sum((greatest(m_x, 0) * greatest(m_x, 0))::decimal(38, 8))::double as m2
from derived.customers c left join derived.referrals r using (person_key)
where c.orders > 0 and first_order is not null group by all order by all;
