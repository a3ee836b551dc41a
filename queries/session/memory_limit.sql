-- How much memory may the database use before it spills to disk?
-- {value}: a size such as 4GB.
set memory_limit to {value};
