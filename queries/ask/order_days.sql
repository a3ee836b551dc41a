-- On which days did each customer buy?
-- Columns: days: since 1970-01-01, ascending.
select [date_diff('day', date '1970-01-01', day) for day in days] as days from derived.purchase_days;
