-- Through which channel did each person first order?
-- The channel of the earliest purchase that names one, whatever the order of rows: of
-- purchases at one moment, that with the lowest key. Columns: person_key; channel: in
-- lower case.
select person_key, nullif(lower(trim(arg_min(channel, moment_key(ordered_at, order_key)))), '') as channel
from core.orders where standing = 'purchase' and person_key is not null group by person_key
