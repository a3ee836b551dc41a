-- Which orders were given back in full, by their status? Their refund is what
-- they brought, unless the file says what it was.
-- Lines are given back one by one: load/give_back_rows.sql.
-- $files: file keys; $words: the statuses.
update core.orders
set standing = 'refunded', refund = coalesce(refund, 0) + greatest(net_revenue, 0), net_revenue = least(net_revenue, 0)
where file_key in (select unnest($files::integer[])) and status in (select unnest($words)) and standing = 'purchase'
  and file_key not in (select file_key from temp.load_files where lines and per_row);
