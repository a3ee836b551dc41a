-- Do the order ids go steadily up, or steadily down, from row to row? Then none
-- stands twice, and they need not be gathered to see it. A longer id is a higher
-- one, so that 10 comes after 9.
-- $middle: a row of them; the rows up to it and those from it on are looked at by a
-- thread each. Columns: least, most: steps, see id_step, null where there are none;
-- unknown: steps from or to no id.
with halves as (
  (select id_step(order_id, lag(order_id) over ()) as step from core.orders where rowid <= $middle offset 1)
  union all
  (select id_step(order_id, lag(order_id) over ()) as step from core.orders where rowid >= $middle offset 1)
)
select min(step) as least, max(step) as most, count(*) - count(step) as unknown from halves;
