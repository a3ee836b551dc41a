-- What do customers do beside buying, and does it speak for the shop or against it?
-- Columns: kind; people; interactions; positive, negative: those of them that speak
-- for the shop and against it; rating: mean value of what is rated; last_at: of the
-- latest, in UTC. $end and what is positive: see ask/signs.sql.
select kind, count(distinct person_key) as people, count(*) as interactions, count(*) filter (sign > 0) as positive,
  count(*) filter (sign < 0) as negative, avg(value) filter (rated) as rating, max("at") as last_at
from ({> ask/signs}) where kind is not null group by kind
order by max(rated::integer) desc, positive + negative > 0 desc, people desc, kind;
