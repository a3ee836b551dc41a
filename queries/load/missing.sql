-- Which rows lack a cell they cannot do without?
-- $file_key; $column: its heading; $first: number of the first record; $reason;
-- $refused, $hidden: the reasons for ids a spreadsheet spoilt, and for masked ones.
-- {cell}: the column.
-- {> source}: the file.
insert into raw.rejects
select $file_key::integer, line, $column, cell, case when id is null or id_null(id) then $reason when id_refused(id) then $refused else $hidden end
from (select line, cell, id_tidy(cell) as id from (select row_number() over () - 1 + $first as line, {cell} as cell from {> source}))
where id is null or id_null(id) or id_refused(id) or id_hidden(id);
