-- How many customers have each pair of R and F scores, and what do they bring?
select r, f, customers, net_revenue from derived.heat order by r, f;
