-- Keep the rows of an analyst's query, so that they can be paged through.
-- {view}: a name for them; $statement: the query; $limit: rows at most.
create or replace table scratch.main.{view} as select * from query($statement) limit $limit;
