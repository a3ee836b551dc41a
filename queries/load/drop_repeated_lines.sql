-- Take out the lines that repeat those of an order which stands in several files:
-- the lines of one file stay, of the one whose order stays if it has any.
delete from core.order_lines as l
where l.order_key in (select order_key from temp.repeated) and (l.file_key, l.order_key) not in (
  select coalesce(max(o.file_key) filter (o.file_key = c.file_key), min(c.file_key)), c.order_key
  from core.order_lines c join temp.merged o using (order_key) group by c.order_key);
