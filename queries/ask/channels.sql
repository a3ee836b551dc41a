-- What is a customer of each channel worth beside what it cost to win one?
-- Columns: see derive/channels.sql; months: of age that were observed, at most 12;
-- value: what a customer brought in them, each month's mean over those who were seen
-- for all of it; payback: the first month by whose end a customer has brought the
-- CAC, null if not yet.
with curve as (
  select channel, month, sum(value / customers) over (partition by channel order by month) as value from derived.channel_months
)
select c.*, max(k.month) filter (k.month <= 12) as months, max_by(k.value, k.month) filter (k.month <= 12) as value,
  min(k.month) filter (k.value >= c.cac) as payback
from derived.channels c left join curve k using (channel) group by all order by c.channel;
