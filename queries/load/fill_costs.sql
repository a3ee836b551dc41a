-- What did the goods of an order cost, where only its lines say so?
update core.orders as o set cost = l.cost
from (select order_key, sum(cost) as cost from core.order_lines group by order_key having count(cost) = count(*)) l
where o.order_key = l.order_key and o.cost is null;
