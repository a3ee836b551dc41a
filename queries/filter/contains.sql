-- Does the text of the column hold the value, whatever the case?
-- {column}; $value.
contains(lower({column}::varchar), lower($value))
