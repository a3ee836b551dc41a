-- Which share of net revenue is margin, over all customers?
-- $margin: share where no cost is known, null for unknown. Columns: share, null
-- where the margin is not known.
select (sum(case when costed then (net_revenue - cost)::double else net_revenue::double * $margin::double end) / nullif(sum(net_revenue)::double, 0)) as share
from temp.activity where orders > 0;
