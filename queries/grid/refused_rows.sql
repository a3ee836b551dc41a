-- Which statements of who brought in whom do not count, and why?
-- $reason: one reason, null for all.
select f.path as file, r.line, r.evidence, r.referrer_id, r.referred_id, r."at", r.status, r.kind, r.reason
from derived.refused_edges r left join raw.files f using (file_key)
where $reason is null or r.reason = $reason
order by r.rowid
