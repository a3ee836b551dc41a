-- What is a customer of each channel worth, and what did it cost to win one?
-- A customer belongs to the channel of the first order. Columns: channel: null for
-- customers whose orders name none; customers: with a counted order in the window;
-- orders; net_revenue, historic: sums; clv: mean; predicted: sum, within the horizon;
-- won, spend, cac: see derive/channels.sql, null for a channel nothing was spent on;
-- months: of age that were observed, at most 12; value: what a customer won brought in
-- them, each month's mean over those who were seen for all of it; payback: the first
-- month by whose end such a customer has brought the CAC, null if not yet.
with curve as (
  select channel, month, sum(value / customers) over (partition by channel order by month) as value from derived.channel_months
), costs as (
  select d.channel, d.customers as won, d.spend, d.cac, max(k.month) filter (k.month <= 12) as months,
    max_by(k.value, k.month) filter (k.month <= 12) as value, min(k.month) filter (k.value >= d.cac) as payback
  from derived.channels d left join curve k using (channel) group by d.channel, d.customers, d.spend, d.cac
), people as (
  select f.channel, count(*) as customers, sum(c.orders)::bigint as orders, sum(c.net_revenue)::double as net_revenue,
    sum(c.historic::decimal(38, 8))::double as historic, sum(c.clv::decimal(38, 8))::double as predicted,
    sum(c.clv::decimal(38, 8))::double / nullif(count(c.clv), 0) as clv
  from derived.customers c left join ({> ask/first_channels}) f using (person_key) where c.orders > 0 group by f.channel
)
select coalesce(p.channel, s.channel) as channel, coalesce(p.customers, 0) as customers, coalesce(p.orders, 0) as orders,
  coalesce(p.net_revenue, 0) as net_revenue, p.historic, p.predicted, p.clv, s.won, s.spend, s.cac, s.months, s.value, s.payback
from people p full join costs s using (channel)
order by coalesce(p.channel, s.channel) is null, coalesce(p.net_revenue, 0) desc, 1;
