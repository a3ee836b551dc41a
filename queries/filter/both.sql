-- Do both parts hold?
({> left}) and ({> right})
