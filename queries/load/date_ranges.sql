-- Which range of days does each reading of a date column give?
-- $formats, $other: strptime formats, the second for the other order of day and
-- month. {cell}: the column. Columns: first, last, other_first, other_last;
-- unread, other_unread: cells a reading cannot take.
-- {> source}: the file.
select min(try_strptime(cell, $formats))::date as first, max(try_strptime(cell, $formats))::date as last,
  min(try_strptime(cell, $other))::date as other_first, max(try_strptime(cell, $other))::date as other_last,
  count(*) filter (try_strptime(cell, $formats) is null) as unread, count(*) filter (try_strptime(cell, $other) is null) as other_unread
from (select trim({cell}) as cell from {> source}) where cell is not null;
