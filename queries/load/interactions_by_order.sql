-- What did customers do beside buying, where a file names the order instead of the
-- customer, as reviews do?
-- Parameters and placeholders as in load/interactions.sql.
insert into core.interactions
select $file_key::integer, r.line, o.person_key, r."at", r.kind, r.target, r.value, key_of(o.customer_id)
from (
  select row_number() over () - 1 + $first as line, key_of(id_clean({order_id})) as order_key,
    {moment}({at_as}({at}, $at_formats), $zone) as "at", coalesce(lower({action}), $action) as kind, {target} as target, try_cast({value} as double) as value
  from {> source}
) r join core.orders o using (order_key)
where o.person_key is not null order by r.line;
