-- Which rows belong to an order without a usable date?
-- $file_key; $column: the date's heading; $reason.
insert into raw.rejects
select file_key, line, $column, null, $reason
from temp.order_rows
where file_key = $file_key and standing = 'rejected' and ordered_at is null
  and line not in (select line from raw.rejects where file_key = $file_key);
