-- What did the repeat purchase days of customers come to?
-- Columns: x: repeat purchase days; m_x: mean net revenue of one, 0 without any;
-- n: customers.
select a.x, case when a.x > 0 then (a.spent - coalesce(d.spent, a.first_spent))::double / a.x else 0 end as m_x, count(*) as n
from temp.activity a left join temp.first_days d using (person_key) where a.first_order is not null group by all order by all;
