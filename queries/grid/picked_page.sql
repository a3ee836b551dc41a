-- What stands on a page of a grid of picked customers?
-- {view}: its name. $from, $to: row numbers, the second not included.
select {> grid/customers_columns} from derived.customers
where rowid in (select place from scratch.main.{view} where rowid >= $from and rowid < $to) order by rowid;
