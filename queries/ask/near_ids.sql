-- Which customer ids are most like one that was not found?
-- $id.
select customer_id from derived.customers
order by jaro_winkler_similarity(lower(customer_id), lower($id)) desc, customer_id limit 3;
