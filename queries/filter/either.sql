-- Does one of the parts hold?
({> left}) or ({> right})
