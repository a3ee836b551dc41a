-- All customers, best first.
select {> grid/customers_columns} from derived.customers;
