-- Which products do the order lines name that are not known yet?
insert into core.products
select min(file_key), min(line), key_of(coalesce(sku, product)) as product_key, any_value(coalesce(sku, product)), arg_min(product, line),
  arg_min(category, line), arg_min(brand, line), arg_max(line_cost, ordered_at)
from temp.order_rows
where standing <> 'rejected' and coalesce(sku, product) is not null
  and key_of(coalesce(sku, product)) not in (select product_key from core.products)
group by product_key
order by min(file_key), min(line);
