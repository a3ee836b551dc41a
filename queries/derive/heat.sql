-- How many customers have each pair of R and F scores, and what do they bring?
create or replace table derived.heat as
select r, f, count(*) as customers, sum(net_revenue)::double as net_revenue
from derived.customers where orders > 0 group by r, f order by r, f;
