-- What does an analyst's query answer?
-- $statement: the query; $limit: rows at most.
select * from query($statement) limit $limit;
