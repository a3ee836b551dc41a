-- How much of the net revenue do the best customers bring? Shares, 0–1.
select customer_share, net_revenue_share from derived.curve where step % 10 = 0 or step = (select max(step) from derived.curve) order by step;
