-- By which id is somebody shown whose id was merged into another?
-- $id: an id that is not shown. Columns: customer_id.
select p.customer_id from core.accounts a join core.persons p using (person_key) where a.customer_id = $id;
