-- What tells rows apart, as text.
-- {column}: of the answer.
coalesce({column}::varchar, '')
