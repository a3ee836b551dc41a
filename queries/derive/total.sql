-- M is what a person spent in all, after discounts and refunds.
coalesce(net_revenue, 0)::decimal(18, 4)
