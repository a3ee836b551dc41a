-- Which row of all customers is one of them?
-- $key: customer_id. Columns: row: null for none.
select min(rowid) as row from derived.customers where customer_id = $key;
