-- What are the customers of scenarios called?
-- In the order of ask/whatif_customers.sql, so that they have the same numbers there.
select customer_id from derived.customers where x is not null;
