-- Which cells of one column of amounts could not be read?
-- $file_key; $column: its heading; $reason; $first: number of the first record.
-- {cell}: the column; {as}: the macro that reads it.
-- {> source}: the file.
insert into raw.rejects
select $file_key::integer, line, $column, left(cell, 200), $reason
from (select row_number() over () - 1 + $first as line, {cell} as cell from {> source})
where cell is not null and {as}(cell) is null;
