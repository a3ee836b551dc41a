-- Which order lines are kept? Those of orders that count or are credits, less what
-- was given back of the line.
insert into core.order_lines
select file_key, line, order_key, key_of(coalesce(sku, product)), quantity, price, abs(line_discount),
  case when not per_row then null when refund_adds and not refund_taken then net_after(revenue, refund) else revenue end, line_cost * coalesce(quantity, 1)
from temp.order_rows where standing not in ('rejected', 'excluded')
order by file_key, line;
