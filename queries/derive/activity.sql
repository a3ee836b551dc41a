-- What did every person do up to the as-of date?
-- Parameters: see derive/orders.sql. {> orders}: the orders that count.
create or replace temp table activity as
with days as (
  select person_key, day, bool_or(purchase) as bought, bool_or(recent) as recent,
    count(*) filter (purchase) as orders, sum(net) as net, sum(net) filter (purchase) as spent,
    sum(gross) as gross, sum(refund) as refund, sum(cost) as cost, count(cost) as costed, count(*) as seen, sum(shipping) as shipping
  from {> orders} where person_key is not null
  group by person_key, day
)
select person_key,
  min(day) filter (bought) as first_order,
  max(day) filter (bought) as last_order,
  count(*) filter (bought) as purchase_days,
  coalesce(sum(orders) filter (recent), 0)::bigint as orders,
  count(*) filter (bought and recent) as order_days,
  coalesce(sum(orders) filter (recent and day > $as_of::date - 365), 0)::bigint as orders_per_year,
  (sum(net) filter (recent))::decimal(18, 4) as net_revenue,
  (sum(spent))::double as spent,
  (arg_min(spent, day) filter (bought))::double as first_spent,
  list(day) filter (bought) as days,
  (sum(gross) filter (recent))::double as gross, (sum(refund) filter (recent))::double as refund,
  (sum(least(net, 0)) filter (recent))::double as credited,
  (sum(cost) filter (recent))::decimal(18, 4) as cost, sum(costed) filter (recent) = sum(seen) filter (recent) as costed,
  (sum(shipping) filter (recent))::decimal(18, 4) as shipping
from days group by person_key;
