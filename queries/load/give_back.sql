-- Which orders were given back in full, by their status? Their refund is what
-- they brought, unless the file says what it was.
-- $from: the first new file_key; $words: the statuses.
update core.orders
set standing = 'refunded', refund = coalesce(refund, 0) + greatest(net_revenue, 0), net_revenue = least(net_revenue, 0)
where file_key >= $from and status in (select unnest($words)) and standing = 'purchase';
