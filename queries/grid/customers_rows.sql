-- Which customers does a grid show, in which order?
-- {> where}, {> order}: parts of queries/filter and queries/grid.
select {> grid/customers_columns} from derived.customers where {> where} order by {> order};
