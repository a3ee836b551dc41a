-- Is the column something other than the value? No value is something other.
-- {column}; $value.
{column} is distinct from $value
