-- On which days did each customer buy up to the as-of date?
-- Kept because much is asked of purchase days, and gathering them from the orders
-- is most of the work.
-- Most persons never bought twice in a day; their days are taken as they are.
create or replace table derived.purchase_days as
select person_key, days from temp.activity where first_order is not null and len(days) = x + 1
union all
select person_key, list_sort(list_distinct(days)) from temp.activity where first_order is not null and len(days) > x + 1;
comment on table derived.purchase_days is 'one row for every person with a purchase that counts: the days of their purchases, ascending, each once';
