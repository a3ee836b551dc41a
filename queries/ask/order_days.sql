-- On which days did each customer buy?
-- Parameters: see derive/orders.sql. {> orders}: the orders that count. Columns:
-- days: since 1970-01-01, ascending.
with bought as (
  select person_key, day from {> orders} where purchase and person_key is not null group by person_key, day
)
select list_sort(list(date_diff('day', date '1970-01-01', day))) as days from bought group by person_key;
