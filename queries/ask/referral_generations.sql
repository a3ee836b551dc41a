-- How many people stand in every generation?
-- Columns: generation: 0 for those nobody brought in; people; own: their own
-- value; conserved: what they keep.
select generation, count(*) as people, sum(own) as own, sum(conserved) as conserved
from derived.referrals group by generation order by generation;
