-- Which products does a file of order lines name that are not known yet?
-- Parameters and placeholders: see load/rows.sql.
insert into core.products
select any_value(file_key), null, key_of(coalesce(sku, product)) as product_key, any_value(coalesce(sku, product)), min(product),
  min(category), min(brand), max(line_cost)
from {> load/rows}
where coalesce(sku, product) is not null and key_of(coalesce(sku, product)) not in (select product_key from core.products)
group by product_key order by any_value(coalesce(sku, product));
