-- Make room for what a products file says of products that order lines named
-- before, or that an older products file described.
-- Parameters and placeholders as in load/products.sql.
delete from core.products
where product_key in (select key_of(id_clean(coalesce({sku}, {product}))) from {> source});
