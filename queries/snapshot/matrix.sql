-- Who went from which segment to which, and what are they worth?
-- {> before}, {> after}: customer_id, segment and net_revenue of either time.
-- Columns: from_segment, to_segment: null for new customers, and for those no longer
-- in the data; customers; net_revenue_before, net_revenue_after.
with a as ({> before}), b as ({> after})
select a.segment as from_segment, b.segment as to_segment, count(*) as customers, coalesce(sum(a.net_revenue), 0)::decimal(18, 4) as net_revenue_before,
  coalesce(sum(b.net_revenue), 0)::decimal(18, 4) as net_revenue_after
from a full join b using (customer_id) group by all order by all;
