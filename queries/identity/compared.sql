-- What is there to compare people by? Names as letters and digits alone, e-mail
-- addresses taken apart, whatever is masked left out. What has a key is a real
-- address or phone, and only needs to be cleaned.
-- Columns: person_key; customer_id; name, city: for comparing; birth; email: whole;
-- mailbox: before the @, without what follows a plus; domain; phone: digits.
(select p.person_key, p.customer_id,
   case when length(p.name) > 1 and not contains(p.name, '*') and not id_hidden(p.name)
     then nullif(regexp_replace(strip_accents(lower(p.name)), '[^\pL\pN]', '', 'g'), '') end as name,
   nullif(regexp_replace(lower(p.city), '[^\pL\pN]', '', 'g'), '') as city, p.birth,
   k.email, regexp_replace(split_part(split_part(k.email, '@', 1), '+', 1), '[^\pL\pN]', '', 'g') as mailbox,
   nullif(split_part(k.email, '@', 2), '') as domain, k.phone
 from core.persons p left join (
   select person_key, min(value) filter (kind = 'e-mail') as email, min(value) filter (kind = 'phone') as phone from (
     select person_key, kind, case when kind = 'e-mail' then email_clean(value) else phone_digits(value) end as value
     from core.identities where key is not null and kind in ('e-mail', 'phone')
   ) group by person_key
 ) k using (person_key))
