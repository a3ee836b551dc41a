-- What did orders bring whose file has no amounts? What the lines of another file
-- say, less the order's own refund.
update core.orders as o
set gross = l.gross, net_revenue = case when o.standing = 'refunded' then 0 else net_after(l.revenue, o.refund) end,
  refund = case when o.standing = 'refunded' then coalesce(o.refund, l.revenue) else o.refund end
from (
  select order_key, (sum(greatest(net_revenue, 0)))::decimal(18, 4) as gross, (sum(net_revenue))::decimal(18, 4) as revenue
  from core.order_lines group by order_key having count(net_revenue) > 0
) l
where o.order_key = l.order_key and o.file_key in (
  select file_key from temp.load_files where moneyless
  union all
  select file_key from raw.files
  where kind = 'orders' and not list_has_any(json_keys(mapping), ['net_revenue', 'subtotal', 'gross', 'total', 'line_amount', 'price', 'amount']));
