-- The order of a grid: small first, no value last.
{column} asc nulls last, rowid
