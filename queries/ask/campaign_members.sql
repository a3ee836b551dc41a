-- Who was in which campaign, and in which arm?
-- An arm that is called control, holdout and the like was left alone; any other, and
-- none, was treated. Columns: campaign_key; person_key; arm: treated, control, or
-- both for a person whom the files put in either; cost: of contacts, in currency.
select campaign_key, person_key, case when bool_and(held) then 'control' when bool_or(held) then 'both' else 'treated' end as arm, sum(cost) as cost
from (
  select *, coalesce(regexp_replace(arm, '[\s_-]', '', 'g'), '')
    in ('control', 'controlgroup', 'holdout', 'heldout', 'holdback', 'untreated', '对照', '对照组', '控制组', '對照', '對照組') as held
  from core.campaign_members
) group by campaign_key, person_key
