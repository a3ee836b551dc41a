-- Which row of the sheet is each record of it? Rows without a value are no records,
-- and lines above the column names none that are counted.
-- $file_key; $skip: lines above the column names; $records, $rows: from which record
-- on, counted from 1, rows are which, ascending. {schema}.{table}: with file_key and line.
update {schema}.{table} as t set line = t.line + $skip - g.record + g.row
from (
  select record, row, lead(record, 1, 9223372036854775807) over (order by record) as next
  from (select unnest($records::bigint[]) as record, unnest($rows::bigint[]) as row)
) g
where t.file_key = $file_key and t.line + $skip >= g.record and t.line + $skip < g.next;
