-- How much of the data can be used?
-- Of the orders in the currency of the analysis: {> derive/sold}. $end: the moment
-- after the as-of day, in UTC. Columns: orders: of any standing; counted, credits, refunded, excluded, zero, anonymous, identified,
-- after_as_of, future: orders; credit_revenue, net_revenue, identified_revenue,
-- given_back, gross: money; persons; merged: ids beside those persons are shown
-- by; platforms: whether there are orders of several; rejected: rows; date_min, date_max: in UTC.
select count(*) as orders, count(*) filter (standing = 'purchase' and ordered_at < $end) as counted,
  count(*) filter (standing = 'credit') as credits, count(*) filter (standing = 'refunded') as refunded,
  count(*) filter (standing = 'excluded') as excluded,
  count(*) filter (standing = 'purchase' and net_revenue = 0) as zero,
  count(*) filter (standing = 'purchase' and person_key is null and ordered_at < $end) as anonymous,
  count(*) filter (standing = 'purchase' and person_key is not null and ordered_at < $end) as identified,
  count(*) filter (standing <> 'excluded' and ordered_at >= $end) as after_as_of,
  count(*) filter (ordered_at > now()::timestamp) as future,
  coalesce(sum(net_revenue) filter (standing = 'credit'), 0)::double as credit_revenue,
  coalesce(sum(net_revenue) filter (standing <> 'excluded' and ordered_at < $end), 0)::double as net_revenue,
  coalesce(sum(net_revenue) filter (standing <> 'excluded' and ordered_at < $end and person_key is not null), 0)::double as identified_revenue,
  (coalesce(sum(refund) filter (standing <> 'excluded'), 0) - coalesce(sum(net_revenue) filter (standing = 'credit'), 0))::double as given_back,
  coalesce(sum(gross) filter (standing in ('purchase', 'refunded')), 0)::double as gross,
  (select count(*) from core.persons) as persons,
  (select coalesce(sum(rejected), 0)::bigint from raw.files) as rejected,
  (select coalesce(sum(duplicates), 0)::bigint from raw.files) as duplicates,
  (select count(*) - count(distinct person_key) from core.accounts) as merged,
  coalesce(min(platform) <> max(platform), false) as platforms,
  min(ordered_at) as date_min, max(ordered_at) as date_max
from {> derive/sold};
