-- Who is in which segment, and with how much net revenue?
select customer_id, segment, net_revenue from derived.customers where orders > 0;
