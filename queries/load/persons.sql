-- Make persons of the new customers.
insert into core.persons by name
select file_key, person_key, customer_id from temp.new_customers;
