-- Forget what the reader rejected; the next file starts afresh.
drop table if exists reject_errors;
drop table if exists reject_scans;
