-- The order of a grid: large first, no value last.
{column} desc nulls last, rowid
