-- Was the customer in a campaign?
-- $campaign_key.
person_key in (select person_key from core.campaign_members where campaign_key = $campaign_key)
