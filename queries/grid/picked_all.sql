-- All rows of a grid of picked customers, in its order.
-- {view}: its name.
select {> grid/customers_columns} from derived.customers where rowid in (select place from scratch.main.{view}) order by rowid;
