-- Does the part not hold? Where it cannot be told, it does not hold.
not coalesce(({> of}), false)
