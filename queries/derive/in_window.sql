-- Does a day count for F and M? $window_start: the first day that does.
(day >= $window_start::date)
