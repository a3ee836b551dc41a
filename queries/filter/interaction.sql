-- Did the customer do something beside buying?
-- $kind: of the interaction; $end: the moment after the as-of day, in UTC.
person_key in (select person_key from core.interactions where kind = $kind and ("at" is null or "at" < $end))
