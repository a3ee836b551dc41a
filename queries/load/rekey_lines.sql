-- … and the lines that came with them.
update core.order_lines as l set order_key = r.new_key
from (select distinct file_key, order_key, new_key from temp.rekeyed) r
where l.order_key = r.order_key and l.file_key = r.file_key;
