-- Is it known what channels cost? Columns: n.
select count(*) as n from {> derive/spent};
