-- What did customers do beside buying?
-- Parameters and placeholders as in load/products.sql; $at_formats; $action:
-- what the rows are about where no column says it.
insert into core.interactions
select $file_key::integer, line, key_of(customer_id), "at", kind, target, value, key_of(customer_id)
from (
  select row_number() over () - 1 + $first as line, id_clean({customer_id}) as customer_id,
    {moment}({at_as}({at}, $at_formats), $zone) as "at", coalesce(lower({action}), $action) as kind, {target} as target, try_cast({value} as double) as value
  from {> source}
)
where customer_id is not null and not id_null(customer_id) and not id_refused(customer_id) and not id_hidden(customer_id) order by line;
