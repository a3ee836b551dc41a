-- Which records did the reader skip? It rejected them, so the rows behind them
-- moved up; this moves their line numbers back. Rejects of the reader blame no
-- column.
-- $file_key. {schema}.{table}: where the rows are.
update {schema}.{table} as t
set line = t.line + s.skipped
from (
  select l.line as line, count(*) as skipped
  from (select distinct line from {schema}.{table} where file_key = $file_key) l
  join (select line, row_number() over (order by line) as nth
    from (select distinct line from raw.rejects where file_key = $file_key and "column" is null)) r
    on r.line - r.nth < l.line
  group by l.line
) s
where t.file_key = $file_key and t.line = s.line;
