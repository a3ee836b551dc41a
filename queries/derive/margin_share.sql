-- Which share of net revenue is margin, or contribution, over the customers whose margin
-- is known?
-- $margin: share where no cost is known, null for unknown. {> contacts}: what contacting
-- people cost, none for the margin; {> recent}: whether a day counts. Columns: share,
-- null where nobody's margin is known.
with known as (
  select person_key, net_revenue::double as net, case when costed then (net_revenue - cost)::double else net_revenue::double * $margin::double end as margin
  from temp.activity where orders > 0 and (costed or $margin is not null)
)
select (sum(margin) - coalesce((select sum(cost)::double from {> contacts} where {> recent} and person_key in (select person_key from known)), 0))
  / nullif(sum(net), 0) as share
from known;
