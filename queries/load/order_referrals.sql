-- Who was brought in by whom, as the orders of a file say? An order that names a
-- distributor, a share id or whoever sent the buyer. One row for each pair, at
-- its first order. Masked ids name nobody.
-- Parameters and placeholders as in load/rows.sql.
insert into core.referrals by name
select distinct on (referrer_id, referred_id) $file_key::integer as file_key, line, key_of(referrer_id) as referrer_key,
  key_of(referred_id) as referred_key, "at", 'orders file' as evidence, 'customer' as kind, referrer_id, referred_id
from (
  select row_number() over () - 1 + $first as line, id_tidy({referrer}) as referrer_id, id_tidy({customer_as}({customer}, {instead})) as referred_id,
    {moment}({ordered_at_as}({ordered_at}, $ordered_at_formats), $zone) as "at"
  from {> source}
)
where referrer_id is not null and referred_id is not null and "at" is not null and not id_null(referrer_id) and not id_null(referred_id)
  and not id_refused(referrer_id) and not id_refused(referred_id) and not id_hidden(referrer_id) and not id_hidden(referred_id)
order by referrer_id, referred_id, "at", line;
