-- What did contacting people cost, and when? A campaign's cost for each of its members
-- falls on its first day, on the as-of date if that is not known.
-- $as_of. Columns: person_key, day, cost.
(select m.person_key, coalesce(c."from", $as_of::date) as day, m.cost
 from core.campaign_members m left join core.campaigns c using (campaign_key)
 where m.cost is not null and coalesce(c."from", $as_of::date) <= $as_of::date)
