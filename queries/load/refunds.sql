-- Which refunds does a refunds file hold?
-- Parameters and placeholders as in load/products.sql; $refunded_at_formats.
insert into core.refunds
select $file_key::integer, line, key_of(order_id), "at", abs(amount), reason
from (
  select row_number() over () - 1 + $first as line, id_clean({order_id}) as order_id,
    {moment}({refunded_at_as}({refunded_at}, $refunded_at_formats), $zone) as "at", {refund_as}({refund}) as amount, {reason} as reason
  from {> source}
)
where order_id is not null and not id_null(order_id) and not id_refused(order_id) and amount is not null order by line;
