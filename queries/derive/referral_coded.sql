-- As derive/referral_stated.sql, and who brought in those who ordered with the
-- referral code of a customer as coupon? Orders that have no line numbers yet get
-- them here as load/number.sql will give them.
(from {> derive/referral_stated}
 union all
 from (
   select distinct on (i.value, o.customer_id) o.file_key, coalesce(o.line, o.rowid - f.first_row + r.first_line) as line, 'coupon code',
     key_of(i.value), o.person_key, i.value, o.customer_id, o.ordered_at, null, null, 'customer'
   from core.orders o join core.identities i on i.value = o.coupon and i.kind = 'referral code'
   join raw.files r on r.file_key = o.file_key
   join (select file_key, min(rowid) as first_row from core.orders group by file_key) f on f.file_key = o.file_key
   where o.person_key is not null and o.standing in ('purchase', 'credit', 'refunded')
   order by i.value, o.customer_id, o.ordered_at, line))
