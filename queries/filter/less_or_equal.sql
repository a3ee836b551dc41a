-- Is the column <= the value?
-- {column}; $value.
{column} <= $value
