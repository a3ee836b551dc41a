-- Which customers does a snapshot hold, as they stand?
-- {> where}: a part of queries/filter.
select {> grid/customers_columns} from derived.customers where {> where};
