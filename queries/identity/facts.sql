-- Is there anything that could join two ids?
-- Columns: keys: whether some can join ids, which e-mail addresses alone cannot, each
-- being an id of its own; merged: ids that are one with another; decided: pairs made
-- one by hand.
select exists (from core.identities where key is not null) and exists (from core.identities where kind <> 'e-mail') as keys,
  (select count(*) from core.accounts) as merged, (select count(*) from core.merges where rule = 'hand' and state = 'made') as decided;
