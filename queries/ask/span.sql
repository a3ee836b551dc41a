-- When was the first order of a customer that counts? Columns: first_order: null
-- without one.
select min(first_order) as first_order from derived.customers;
