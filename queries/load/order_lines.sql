-- Which lines does a file hold that has order lines without date and customer?
-- Their orders stand in another file. $first: number of the first record; other
-- parameters and placeholders: see load/rows.sql.
insert into core.order_lines
select file_key, nth, order_key, key_of(coalesce(sku, product)), quantity, price, abs(line_discount), revenue, line_cost * coalesce(quantity, 1)
from (select *, row_number() over () - 1 + $first as nth from {> load/rows}) r
where order_key is not null and not unreadable order by nth;
