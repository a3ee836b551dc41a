-- Which products does a products file describe?
-- Products named before make room first: load/forget_products.sql.
-- $file_key; $first. {…_as}: the macro that reads a column; other {name}: columns.
insert into core.products
select $file_key::integer, min(line), key_of(sku) as product_key, sku, arg_min(name, line), arg_min(category, line), arg_min(brand, line), arg_min(cost, line)
from (
  select row_number() over () - 1 + $first as line, id_clean(coalesce({sku}, {product})) as sku, {product} as name, {category} as category,
    {brand} as brand, {unit_cost_as}({unit_cost}) as cost
  from {> source}
)
where sku is not null and not id_null(sku) and not id_refused(sku)
group by sku order by min(line);
