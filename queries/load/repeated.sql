-- Which orders stand more than once?
create or replace temp table repeated as
select order_key from core.orders group by order_key having count(*) > 1;
