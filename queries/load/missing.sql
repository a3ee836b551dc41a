-- Which rows lack a cell they cannot do without?
-- $file_key; $column: its heading; $first: number of the first record; $reason;
-- $refused: the reason for ids a spreadsheet spoilt. {cell}: the column.
-- {> source}: the file.
insert into raw.rejects
select $file_key::integer, line, $column, cell, case when cell is null or id_null(id_clean(cell)) then $reason else $refused end
from (select row_number() over () - 1 + $first as line, {cell} as cell from {> source})
where cell is null or id_null(id_clean(cell)) or id_refused(id_clean(cell));
