-- Where does an analyst's query spend its time? It is run; a tree in JSON.
-- $statement: the query.
explain (analyze, format json) select * from query($statement);
