-- All that is known of a customer's worth beside prediction.
coalesce(historic, 0)::double as historic, coalesce(referral, 0) as referral, cost
