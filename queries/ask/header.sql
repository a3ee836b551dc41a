-- How many customers and counted orders are there?
-- Columns: customers; orders; net_revenue; channels: whether anything is said of
-- channels or campaigns.
select customers, orders, net_revenue, exists (select 1 from core.orders where channel is not null)
  or exists (select 1 from core.spend) or exists (select 1 from core.campaign_members) as channels
from derived.overview;
