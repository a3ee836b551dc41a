-- What tells rows apart when one column does not.
-- {> left}: the columns before; {column}: the last one.
{> left} || ' · ' || coalesce({column}::varchar, '')
