-- How many threads may work on one query?
-- {value}: a whole number.
set threads to {value};
