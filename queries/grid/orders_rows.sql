-- Which orders stand behind a finding on the quality of the data?
-- Of the orders in the currency of the analysis, {> derive/sold}, but for those of a file.
-- $finding: counted, credit, refunded, excluded, zero, anonymous, identified, later or
-- future, as ask/quality counts them; file: those a file brought; $file: its path;
-- $end: the moment after the as-of day, in UTC; $zone. {local}: the macro that turns UTC
-- into local time.
select o.order_id, o.customer_id, {local}(o.ordered_at, $zone) as ordered_at, o.standing::varchar as standing, o.status, o.platform, o.shop, o.channel,
  o.currency, o.gross, o.discount, o.refund, o.net_revenue, f.path as file, o.line
from {> derive/sold} o left join raw.files f using (file_key)
where case $finding::varchar
  when 'all' then true
  when 'counted' then o.standing = 'purchase' and o.ordered_at < $end
  when 'credit' then o.standing = 'credit'
  when 'refunded' then o.standing = 'refunded'
  when 'excluded' then o.standing = 'excluded'
  when 'zero' then o.standing = 'purchase' and o.net_revenue = 0
  when 'anonymous' then o.standing = 'purchase' and o.person_key is null and o.ordered_at < $end
  when 'identified' then o.standing = 'purchase' and o.person_key is not null and o.ordered_at < $end
  when 'later' then o.standing <> 'excluded' and o.ordered_at >= $end
  when 'future' then o.ordered_at > now()::timestamp
  when 'file' then f.path = $file end
order by o.ordered_at desc, o.order_key
