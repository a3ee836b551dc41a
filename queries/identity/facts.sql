-- Is there anything that could join two ids?
-- Columns: kinds: how many kinds of keys there are; kind: the first of them; keys:
-- whether any can join ids; merged: ids that are one with another; decided: pairs
-- made one by hand.
select count(distinct kind) as kinds, min(kind) as kind, coalesce(bool_or(key is not null), false) as keys,
  (select count(*) from core.accounts) as merged, (select count(*) from core.merges where rule = 'hand' and state = 'made') as decided
from core.identities;
