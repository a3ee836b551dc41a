-- Which currencies are orders in, the most frequent first?
-- Columns: currency: ISO code; orders: that are not excluded, up to now.
select currency, count(*) as orders from core.orders
where standing <> 'excluded' and ordered_at <= now()::timestamp and currency is not null
group by currency order by orders desc, currency;
