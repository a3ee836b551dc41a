-- Through which channel did each person first order?
-- The channel of the earliest purchase that names one. Columns: person_key; channel:
-- in lower case.
select person_key, nullif(lower(trim(arg_min(channel, ordered_at))), '') as channel
from core.orders where standing = 'purchase' and person_key is not null group by person_key
