-- Does any order say what its goods cost? Columns: n: 1 or 0.
select count(*) as n from (select 1 from core.orders where cost is not null limit 1);
