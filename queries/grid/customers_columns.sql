-- The columns of the customers grid; see derive/customers.sql for what they mean.
customer_id, first_order, last_order, recency_days, orders, net_revenue, aov, gap_days, tenure_days, refund_rate, margin, r, f, m, segment,
orders_per_year, x, t_x, t_cal, m_x, p_alive, expected_orders, orders_low, orders_high, p_no_order, expected_spend, clv, clv_low, clv_high, historic, predicted, referral, cost, value
