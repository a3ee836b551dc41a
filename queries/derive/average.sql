-- M is what a person spent on an order.
coalesce(net_revenue / nullif(orders, 0), 0)::decimal(18, 4)
