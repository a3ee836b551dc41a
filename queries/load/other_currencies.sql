-- Are newly read orders in another currency?
-- $from: the first new file_key; $currency: as files write it. Where all of a row group
-- are in it, its statistics say so and nothing is read.
-- Columns: n: 1 if there are such orders.
select count(*) as n from (select 1 from core.orders where file_key >= $from and currency <> $currency limit 1);
