-- How many cells did the reader refuse to read as a date or an amount?
-- Columns: n.
select count(*) as n from reject_errors where error_type = 'CAST';
