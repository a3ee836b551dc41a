-- How would an analyst's query be run? A tree in JSON.
-- $statement: the query.
explain (format json) select * from query($statement);
