-- Which rowid lies in the middle of the newly read rows?
-- $from: the first new file_key. {schema}.{table}: where they are.
-- Columns: middle: null where there are none.
select (min(rowid) + max(rowid)) // 2 as middle from {schema}.{table} where file_key >= $from;
