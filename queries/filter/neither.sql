-- Does the part not hold? Where it cannot be told, it does not hold.
-- {> of}: a condition.
not coalesce(({> of}), false)
