-- … and put back one row for each.
insert into core.orders by name select * from temp.merged order by file_key, line;
