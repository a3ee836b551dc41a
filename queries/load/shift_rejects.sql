-- As load/shift.sql, for the rejects whose lines were counted without those of the
-- reader.
-- $file_key.
update raw.rejects as t
set line = t.line + s.skipped
from (
  select l.line as line, count(*) as skipped
  from (select distinct line from raw.rejects where file_key = $file_key and "column" is not null) l
  join (select line, row_number() over (order by line) as nth
    from (select distinct line from raw.rejects where file_key = $file_key and "column" is null)) r
    on r.line - r.nth < l.line
  group by l.line
) s
where t.file_key = $file_key and t."column" is not null and t.line = s.line;
