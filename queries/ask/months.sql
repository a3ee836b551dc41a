-- What did each month bring? See derive/months.sql for the columns.
select month, orders, customers, new_customers, net_revenue from derived.months order by month;
