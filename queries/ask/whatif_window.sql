-- What were those who were brought in worth in their first months?
-- As derive/referral_window.sql has it, of the chains there are. $months: how many;
-- other parameters: see derive/orders.sql and derive/customers.sql. {> orders}: the
-- orders that count; {> recent}: whether a day is in the window of the settings.
-- Columns: node; counted: currency.
select r.node, case
    when $basis = 'net_revenue' then sum(o.net)::double
    when count(o.cost) = count(*) then (sum(o.net) - sum(o.cost))::double
    else sum(o.net)::double * $margin::double end as counted
from {> orders} o join derived.referrals r using (person_key) join derived.customers c using (person_key)
where r.parent is not null and day < c.first_order + to_months($months::integer) and {> recent}
group by r.node;
