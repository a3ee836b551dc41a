-- How many rows of each file repeat an order that stands elsewhere? Rows of one
-- file whose amounts add up repeat nothing.
-- $from: the first new file_key. Columns: file_key, n: rows.
select o.file_key as file_key, count(*) - count(*) filter (m.file_key = o.file_key and (m.line = o.line or coalesce(f.per_row, false))) as n
from core.orders o join temp.merged m using (order_key) left join temp.load_files f on f.file_key = o.file_key
where o.file_key >= $from group by o.file_key;
