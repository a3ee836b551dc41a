-- What is known of a customer's worth where nothing is of referrals and costs.
coalesce(historic, 0)::double as historic
