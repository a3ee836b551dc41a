-- Do both parts hold?
-- {> left}, {> right}: conditions.
({> left}) and ({> right})
