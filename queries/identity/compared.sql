-- What is there to compare people by? Names as letters and digits alone, e-mail
-- addresses taken apart, whatever is masked left out.
-- Columns: person_key; customer_id; name, city: for comparing; birth; email: whole;
-- mailbox: before the @, without what follows a plus; domain; phone: digits.
(select p.person_key, p.customer_id,
   case when length(p.name) > 1 and not contains(p.name, '*') and not id_hidden(p.name)
     then nullif(regexp_replace(strip_accents(lower(p.name)), '[^\pL\pN]', '', 'g'), '') end as name,
   nullif(regexp_replace(lower(p.city), '[^\pL\pN]', '', 'g'), '') as city, p.birth,
   k.email, regexp_replace(regexp_replace(string_split(k.email, '@')[1], '\+.*$', ''), '[^\pL\pN]', '', 'g') as mailbox,
   string_split(k.email, '@')[2] as domain, k.phone
 from core.persons p left join (
   select person_key, min(identity_value(kind, value)) filter (kind = 'e-mail') as email, min(identity_value(kind, value)) filter (kind = 'phone') as phone
   from core.identities where key is not null group by person_key
 ) k using (person_key))
