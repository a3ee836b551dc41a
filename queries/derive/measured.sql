-- What are the R, F and M of every customer? Only persons with a counted order in
-- the window are measured.
-- $as_of. {> money}: what M is.
(select *, {> money} as money
 from (
   select person_key, date_diff('day', last_order, $as_of::date) as recency_days, date_diff('day', first_order, $as_of::date) as tenure_days,
     orders, orders_per_year, net_revenue
   from temp.activity
 ) where orders > 0)
