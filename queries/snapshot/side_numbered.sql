-- What is in an answer that was kept, by a key that occurs several times? The second
-- row of a key is told from the first by its number.
-- Parameters: see snapshot/side.
select case when row_number() over by_key = 1 then key else key || ' (' || row_number() over by_key || ')' end as key, * exclude (key)
from ({> snapshot/side}) window by_key as (partition by key order by place)
