-- The same for the first and the last date of files: see workspace/redate.sql.
update raw.files set date_min = {moment}({local}(date_min, $from), $to), date_max = {moment}({local}(date_max, $from), $to)
where zoned is not true and date_min is not null;
