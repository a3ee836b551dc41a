-- What is known of one customer? The columns of derived.customers.
-- $id: customer_id as shown.
select {> grid/customers_columns}, person_key from derived.customers where customer_id = $id;
