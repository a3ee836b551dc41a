-- What did each newly read orders file bring?
-- $currency: one that orders are in, as files write it. Other parameters and
-- placeholders: see load/new_rows.sql. Columns: file_key; credits, excluded: orders;
-- date_min, date_max; net_revenue; future: orders; others: whether orders are in other
-- currencies.
with by_standing as ( -- sums without conditions are twice as fast
  select file_key, standing, count(*) as orders, min(ordered_at) as date_min, max(ordered_at) as date_max,
    sum(net_revenue) as net_revenue, count(*) filter (ordered_at > now()::timestamp) as future, bool_or(currency <> $currency) as others
  from {> load/new_rows} group by all
)
select file_key, coalesce(sum(orders) filter (standing = 'credit'), 0)::bigint as credits,
  coalesce(sum(orders) filter (standing = 'excluded'), 0)::bigint as excluded, min(date_min) as date_min, max(date_max) as date_max,
  (coalesce(sum(net_revenue) filter (standing <> 'excluded'), 0))::decimal(18, 4) as net_revenue,
  sum(future)::bigint as future, coalesce(bool_or(others), false) as others
from by_standing group by file_key order by file_key;
