-- Who has placed most orders, though no more than $most?
-- Columns: customer_id; no row where nobody is known.
select customer_id from derived.customers where orders <= $most order by orders desc, customer_id limit 1;
