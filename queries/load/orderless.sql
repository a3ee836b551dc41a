-- Which rows name an order that is not loaded, or that names nobody?
-- $file_key; $column: the order's heading; $first: number of the first record;
-- $reason. {order_id}: the column.
-- {> source}: the file.
insert into raw.rejects
select $file_key::integer, line, $column, left(id, 200), $reason
from (select row_number() over () - 1 + $first as line, id_clean({order_id}) as id from {> source})
where id is not null and not id_null(id) and not id_refused(id)
  and key_of(id) not in (select order_key from core.orders where person_key is not null and order_key is not null);
