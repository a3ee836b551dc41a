-- The order of a grid: small first, no value last.
-- {column}: what to sort by.
{column} asc nulls last, rowid
