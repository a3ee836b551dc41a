-- Which statuses do the referrals of a file have?
-- $file_key. Columns: status.
select distinct status from core.referrals where file_key = $file_key and status is not null order by status limit 100;
