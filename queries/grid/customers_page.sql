-- Which customers stand on a page of all of them, best first?
-- $from, $to: row numbers, the second not included.
select {> grid/customers_columns} from derived.customers where rowid >= $from and rowid < $to order by rowid;
