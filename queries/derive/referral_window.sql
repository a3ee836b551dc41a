-- What were people worth in their first months?
-- $months: how many; other parameters: see derive/orders.sql and
-- derive/customers.sql. {> orders}: the orders that count; {> contacts}: what contacting people cost; {> recent}: whether a
-- day is in the window of the settings. Columns: person_key; counted: currency.
with contacted as (
  select k.person_key, sum(k.cost)::double as contact
  from {> contacts} k join derived.customers c using (person_key) where day < c.first_order + to_months($months::integer) and {> recent} group by k.person_key
)
select o.person_key, case
    when $basis = 'net_revenue' then sum(o.net)::double
    when count(o.cost) = count(*) then (sum(o.net) - sum(o.cost))::double
    else sum(o.net)::double * $margin::double end - coalesce(any_value(k.contact), 0) as counted
from {> orders} o join derived.customers c using (person_key) left join contacted k using (person_key)
where day < c.first_order + to_months($months::integer) and {> recent}
  and o.person_key in (select referred_key from temp.referral_edges)
group by o.person_key;
