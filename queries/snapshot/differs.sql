-- Does a column differ?
-- {before}, {after}: the column in either answer.
{before} is distinct from {after}
