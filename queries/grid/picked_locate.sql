-- Which row of a grid of picked customers is one of them?
-- {view}: its name; $key: customer_id. Columns: row: null for none.
select min(v.rowid) as row from scratch.main.{view} v join derived.customers c on c.rowid = v.place where c.customer_id = $key;
