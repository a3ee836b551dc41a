-- What do the customers bring? One row; see ask/overview.
select customers, orders, net_revenue, aov, median_aov, value_per_customer, repeat_rate, gini, top_20_share, median_value,
  active as active_customers, persons_no_order, anonymous_orders, anonymous_revenue, revenue_12mo, revenue_12mo_before,
  clamped as clamped_customers, first_order, last_order, share_for_80
from ({> ask/overview});
