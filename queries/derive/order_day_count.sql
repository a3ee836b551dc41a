-- How many orders does a person have, when those of one day are one?
-- {> recent}: whether a day is in the window.
coalesce(len(list_distinct(list_filter(days, lambda day: {> recent}))), 0)
