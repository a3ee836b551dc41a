-- Do the order ids go steadily up, or steadily down, from row to row? Then none
-- stands twice, and they need not be gathered to see it. A longer id is a higher
-- one, so that 10 comes after 9.
-- Columns: up, down: rows that break the order.
select count(*) filter (not coalesce(step > 0, false)) as up, count(*) filter (not coalesce(step < 0, false)) as down
from (
  select case
      when strlen(order_id) <> strlen(lag(order_id) over ()) then strlen(order_id) - strlen(lag(order_id) over ())
      when order_id > lag(order_id) over () then 1
      when order_id < lag(order_id) over () then -1
      else 0 end as step
  from core.orders offset 1
);
