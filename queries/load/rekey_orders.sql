-- Give those orders their own keys …
update core.orders as o set order_key = r.new_key
from (select distinct order_key, platform, new_key from temp.rekeyed) r
where o.order_key = r.order_key and o.platform = r.platform;
