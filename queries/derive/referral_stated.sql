-- Who is said to have brought in whom?
(select file_key, line, evidence, referrer_key, referred_key, referrer_id, referred_id, "at", status, reward, kind from core.referrals)
