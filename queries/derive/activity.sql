-- What did every person do up to the as-of date?
-- Everything is by calendar day. Orders, net revenue and what was given back are
-- of the window; first and last order and the gaps are of all history, as purchase
-- models need them: days are the days of the purchases, ascending; x is how many gaps
-- there are between them, gap_days their median; first_spent is what the first order
-- brought, and derive/first_days.sql knows who had several that day. Sorting first brings a person's
-- orders side by side, which is faster than gathering them one by one.
-- $as_of; other parameters: see derive/orders.sql. {> orders}: the orders that
-- count; {> recent}: whether a day is in the window; {> count}: how orders are
-- counted; {> costs}: what goods cost.
create or replace temp table activity as
with sums as (
  select person_key,
    min(case when purchase then day end) as first_order,
    max(case when purchase then day end) as last_order,
    count(*) filter (purchase and {> recent}) as orders,
    count(*) filter (purchase and {> recent} and day > $as_of::date - 365) as orders_per_year,
    (sum(case when {> recent} then net end))::decimal(18, 4) as net_revenue,
    sum(case when purchase then net end) as spent,
    arg_min_null(net, day) filter (purchase) as first_spent,
    sum(case when {> recent} then gross end) as gross,
    sum(case when not {> recent} then null when net < 0 then coalesce(refund, 0) - net else refund end) as given_back,
    list_sort(list(day) filter (purchase)) as days,
    {> costs}
  from (
    select person_key, day, purchase, net, gross, refund, cost from {> orders} where person_key is not null order by person_key, day
  ) group by person_key
), rhythm as (
  select *, list_filter([days[i + 1] - days[i] for i in range(1, len(days))], lambda gap: gap > 0) as gaps from sums
)
select * exclude (orders, days, gaps), {> count} as orders, len(gaps) as x, list_median(gaps)::double as gap_days, days
from rhythm;
