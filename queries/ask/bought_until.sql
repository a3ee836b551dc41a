-- The purchase days of every customer up to another day than the as-of date of the
-- settings, as derived.purchase_days has them.
-- Parameters: see derive/orders.sql. {> orders}: the orders that count.
(select person_key, list_sort(list(day)) as days
 from (select person_key, day from {> orders} where purchase and person_key is not null group by person_key, day)
 group by person_key)
