-- Are there refunds with a date of their own? Columns: n.
select count(*) as n from core.refunds;
