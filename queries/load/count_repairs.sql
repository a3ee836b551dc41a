-- How many customer ids need repair?
-- Columns: repairs, refused, hidden: ids.
select count(*) as repairs, count(*) filter (refused) as refused, count(*) filter (hidden) as hidden from temp.id_repairs;
