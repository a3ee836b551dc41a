-- What did each newly read orders file bring?
-- $from: the first new file_key. Columns: file_key; kept, credits, excluded,
-- zero, anonymous: orders; date_min, date_max; net_revenue; first_currency,
-- last_currency: equal where there is but one.
select file_key, count(*) as kept, count(*) filter (standing = 'credit') as credits, count(*) filter (standing = 'excluded') as excluded,
  min(ordered_at) as date_min, max(ordered_at) as date_max,
  (coalesce(sum(net_revenue) filter (standing <> 'excluded'), 0))::decimal(18, 4) as net_revenue,
  count(*) filter (person_key is null) as anonymous,
  count(*) filter (ordered_at > now()::timestamp) as future,
  min(currency) as first_currency, max(currency) as last_currency
from core.orders where file_key >= $from group by file_key order by file_key;
