-- Which segments have customers with an order, and is anything known of what
-- customers cost and of referrals?
-- Columns: segment: null for those who did not order within the window.
select segment, count(*) as customers, count(cost) > 0 or count(*) filter (referral <> 0) > 0 as more
from derived.customers where x is not null group by segment;
