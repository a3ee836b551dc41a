-- How many lines of channel costs are in currencies that cannot be counted?
-- {> derive/spent}: those that can. Columns: n.
select (select count(*) from core.spend) - (select count(*) from {> derive/spent}) as n;
