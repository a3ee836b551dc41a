-- What is said, in the order of the files?
-- Columns: referrer_key, referred_key; moment: local microseconds, null for
-- undated; status, kind: in the words of the file; reward.
select referrer_key, referred_key, moment, status, kind, reward::double as reward from temp.referral_edges order by edge;
