-- The rows of an orders file as orders: text cells read, keys made, net revenue
-- and standing decided row by row. Rows that cannot be used are standing
-- 'rejected'; load/rejects.sql says why.
-- $file_key; $zone: IANA zone of dates without offset; $ordered_at_formats,
-- $paid_at_formats: strptime formats; $platform, $currency: of rows that no column
-- gives any; {…_as}: the macro that reads a column; {revenue}: the macro that makes
-- net revenue; {lost}: the macro that tells an amount that could not be read;
-- every other {name}: the file's column of that name, or absent.
(select
   $file_key::integer as file_key,
   null::bigint as line,
   key_of({order_id_as}({order_id})) as order_key,
   {order_id_as}({order_id}) as order_id,
   key_of({customer_as}({customer}, {instead})) as person_key,
   {customer_as}({customer}, {instead}) as customer_id,
   {platform_as}({platform}, $platform) as platform, {shop} as shop, {channel} as channel, {campaign} as campaign, {coupon} as coupon,
   {moment}({ordered_at_as}({ordered_at}, $ordered_at_formats), $zone) as ordered_at,
   {moment}({paid_at_as}({paid_at}, $paid_at_formats), $zone) as paid_at,
   {ordered_at} is null as undated,
   {status_as}({status}, {after_sales}) as status,
   {currency_as}({currency}, $currency) as currency,
   amounts_read.gross, amounts_read.discount, amounts_read.tax, amounts_read.shipping, amounts_read.refund,
   amounts_read.cost, amounts_read.points,
   {revenue}(amounts_read) as revenue,
   {region} as region, {country} as country,
   amounts_read.quantity, amounts_read.price, amounts_read.line_discount, amounts_read.line_cost,
   {sku} as sku, {product} as product, {category} as category, {brand} as brand,
   -- An amount that is there but cannot be read makes the row unusable.
   ({lost}({gross}, amounts_read.gross) or {lost}({subtotal}, amounts_read.subtotal) or {lost}({discount}, amounts_read.discount)
     or {lost}({total}, amounts_read.total) or {lost}({shipping}, amounts_read.shipping) or {lost}({tax}, amounts_read.tax)
     or {lost}({refund}, amounts_read.refund) or {lost}({net_revenue}, amounts_read.net_revenue)
     or {lost}({amount}, amounts_read.amount) or {lost}({line_amount}, amounts_read.line_amount) or {lost}({price}, amounts_read.price)
     or {lost}({quantity}, amounts_read.quantity) or {lost}({cost}, amounts_read.cost) or {lost}({line_cost}, amounts_read.line_cost)
     or {lost}({line_discount}, amounts_read.line_discount)) as unreadable
 from (
   select *, {
     'gross': {gross_as}({gross}), 'subtotal': {subtotal_as}({subtotal}), 'discount': {discount_as}({discount}),
     'total': {total_as}({total}), 'shipping': {shipping_as}({shipping}), 'tax': {tax_as}({tax}), 'refund': {refund_as}({refund}),
     'net_revenue': {net_revenue_as}({net_revenue}), 'amount': {amount_as}({amount}), 'line_amount': {line_amount_as}({line_amount}),
     'price': {price_as}({price}), 'quantity': {quantity_as}({quantity}), 'line_discount': {line_discount_as}({line_discount}),
     'cost': {cost_as}({cost}), 'line_cost': {line_cost_as}({line_cost}), 'points': {points_as}({points})
   } as amounts_read -- a name that no file has for a column
   from {> source}
 ))
