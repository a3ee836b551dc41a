-- What does a tree of referrals need to know of everybody in it?
-- Columns: those of derived.referrals that are shown or reckoned with, in
-- pre-order.
select parent, person_key, customer_id, known, own, counted, reward from derived.referrals order by node;
