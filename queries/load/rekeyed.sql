-- Which orders only share their number with an order of another platform? Those of
-- the platform that comes first by name keep the key, the others get their own.
create or replace temp table rekeyed as
select distinct file_key, order_key, platform, key_of(platform || ' ' || order_id) as new_key
from core.orders o join (
  select order_key, min(platform) as first from core.orders
  where order_key in (select order_key from temp.repeated) and platform is not null
  group by order_key having min(platform) <> max(platform)
) p using (order_key)
where o.platform <> p.first;
