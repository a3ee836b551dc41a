-- Which order lines are kept? Those of orders that count or are credits.
insert into core.order_lines
select file_key, line, order_key, key_of(coalesce(sku, product)), quantity, price, line_discount,
  case when per_row then revenue end, line_cost * coalesce(quantity, 1)
from temp.order_rows where standing not in ('rejected', 'excluded')
order by file_key, line;
