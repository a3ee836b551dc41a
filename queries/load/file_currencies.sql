-- What did each currency of new orders files bring?
-- $from: the first new file_key. Columns: file_key; currency: the most frequent of a
-- file first; orders; net_revenue: in that currency. What is excluded is left out.
select file_key, currency, count(*) as orders, coalesce(sum(net_revenue), 0)::decimal(18, 4) as net_revenue
from core.orders
where file_key >= $from and standing <> 'excluded'
group by file_key, currency order by file_key, currency is null, orders desc, currency;
