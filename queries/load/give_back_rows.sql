-- Which lines were given back in full, by their status? Their refund is what they
-- brought. Only of files whose amounts belong to the line; where they repeat those
-- of the order, so does the status: load/give_back.sql.
-- $files: file keys; $words: the statuses.
update temp.order_rows set refund = greatest(revenue, 0), refund_adds = true
where file_key in (select unnest($files::integer[])) and status in (select unnest($words)) and per_row and standing = 'purchase';
