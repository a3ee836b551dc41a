-- How many customers and counted orders are there?
select customers, orders, net_revenue from derived.overview;
