-- Which date and status do the further rows of an order have, that leave them empty?
-- Those of its first row. Rows of orders without a date are rejected.
-- $file_key.
update temp.order_rows as r
set ordered_at = coalesce(r.ordered_at, o.ordered_at), status = coalesce(r.status, o.status),
  standing = (case when coalesce(r.ordered_at, o.ordered_at) is null then 'rejected' else r.standing::varchar end)::core.standing
from (
  select order_key, min(ordered_at) as ordered_at, arg_min(status, rowid) as status
  from temp.order_rows where file_key = $file_key and order_key is not null and standing <> 'rejected' group by order_key
  union all
  select null, null, null
) o
where r.file_key = $file_key and r.standing <> 'rejected' and (r.ordered_at is null or r.status is null) and r.order_key is not distinct from o.order_key;
