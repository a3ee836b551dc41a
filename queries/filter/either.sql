-- Does one of the parts hold?
-- {> left}, {> right}: conditions.
({> left}) or ({> right})
