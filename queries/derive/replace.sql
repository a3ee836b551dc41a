-- Which segment does each customer fall into, now that it is known whom they
-- brought in?
update derived.customers as c set segment = p.segment from temp.placed p where p.person_key = c.person_key;
