-- What was in an order?
-- $order_key.
select coalesce(p.sku, '') as sku, p.name as product, p.category, l.quantity, l.price, l.discount, l.net_revenue, l.cost
from core.order_lines l left join core.products p using (product_key)
where l.order_key = $order_key order by l.line;
