-- What do the fitted models say of every customer? Best customer first; persons
-- without a counted order have no history to predict from.
-- {view}: name of the answer; $days: in the unit of t_x and t_cal. Other columns:
-- see derive/customers.sql.
create or replace table scratch.main.{view} as
select customer_id, x, t_x / $days::double as t_x, t_cal / $days::double as t_cal, m_x, p_alive, expected_orders, expected_spend, clv, clv_low, clv_high
from derived.customers where first_order is not null order by rowid;
