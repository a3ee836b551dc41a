-- Which orders are refused because a spreadsheet spoilt their customer id?
-- $from: the first new file_key; $column: what the column is called; $reason.
insert into raw.rejects
select o.file_key, o.line, $column, r.customer_id, $reason
from core.orders o join temp.id_repairs r on r.refused and r.person_key = o.person_key
where o.file_key >= $from;
