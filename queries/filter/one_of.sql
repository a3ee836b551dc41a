-- Is the column one of the values?
-- {column}; $values: a list.
{column} in (select unnest($values))
