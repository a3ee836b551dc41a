-- The order of a grid: large first, no value last.
-- {column}: what to sort by.
{column} desc nulls last, rowid
