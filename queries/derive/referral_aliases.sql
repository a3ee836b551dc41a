-- For which person does a key of a referral stand that is nobody's customer id? A
-- phone, an e-mail address, a member number or a referral code of one person only.
-- Ids that were merged stand for the person they were merged into.
-- {> stated}: see derive/referral_stated.sql.
create or replace temp table referral_aliases as
with named as (
  select referrer_key as key, referrer_id as id from {> stated} union all select referred_key, referred_id from {> stated}
), strange as (
  select distinct key, id from named where key not in (select person_key from core.persons) and key not in (select account_key from core.accounts)
), known_by as (
  select s.key, i.person_key from strange s join core.identities i on i.value = s.id where not i.masked
  union all
  select s.key, i.person_key from strange s join core.identities i on i.value = email_clean(s.id) and i.kind = 'e-mail'
  where contains(s.id, '@') and not i.masked
  union all -- +86 138 … and 138 … are one phone
  select s.key, i.person_key
  from strange s join core.identities i on regexp_replace(i.value, '^(\+|00)?86(1\d{10})$', '\2') = regexp_replace(phone_clean(s.id), '^(\+|00)?86(1\d{10})$', '\2')
  where i.kind = 'phone' and not i.masked and regexp_full_match(s.id, '[+0-9 ()./-]{7,}')
)
select key, min(person_key) as person_key from known_by group by key having count(distinct person_key) = 1
union all
select account_key, person_key from core.accounts where account_key in (select key from named) and account_key <> person_key;
