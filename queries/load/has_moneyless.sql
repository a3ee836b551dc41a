-- How many orders files loaded before have no amounts?
-- Columns: n.
select count(*) as n from raw.files
where kind = 'orders' and not list_has_any(json_keys(mapping), ['net_revenue', 'subtotal', 'gross', 'total', 'line_amount', 'price', 'amount']);
