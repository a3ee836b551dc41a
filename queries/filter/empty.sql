-- Has the column no value?
-- {column}.
{column} is null
