-- What queries of every kind call: cells, keys and ids, people, local time, revenue. What
-- the load queries call beside them is in session/macros.sql.

-- The surrogate key of an id: 63 bits of its hash, null for none.
create or replace temp macro key_of(id) as case when id is not null then (hash(id) >> 1)::bigint end;

-- What a cell says that holds nothing, and what it says at the least: a file that
-- needs no other word is read a fifth faster. A dash among spaces is how spreadsheets
-- show an amount of nothing.
create or replace temp macro null_words() as ['', 'NULL', 'null', 'N/A', 'n/a', '-', '--', '—', '——', 'None', 'nil', 'NaT',
  '- ', '-  ', '-   ', '-    ', ' - ', ' -  ', ' -   ', ' -    '];
create or replace temp macro null_empty() as [''];

-- A cell, unless it says that there is none.
create or replace temp macro cell_known(cell) as case when not list_contains(null_words(), cell) then cell end;

-- A cell without what exports wrap around it: white space and invisible characters,
-- a leading apostrophe, the ="…" or = that keeps a spreadsheet from reading a number.
create or replace temp macro cell_bare(cell) as case when not regexp_matches(cell, '^[\s\pZ\pC=''"]|[\s\pZ\pC]$') then cell else
  regexp_replace(cell, '(?s)^[\s\pZ\pC]*(?:="''?[\s\pZ\pC]*(.*?)[\s\pZ\pC]*"|=(\d+)|''?[\s\pZ\pC]*(.*?))[\s\pZ\pC]*$', '\1\2\3') end;

-- Ids: always text; see intake.NormaliseID for the rules. id_refused says which
-- ids a spreadsheet has spoilt, id_hidden which are masked and name nobody.
create or replace temp macro id_clean(id) as regexp_replace(cell_bare(id), '^(-?[0-9]+)\.0+$', '\1');
create or replace temp macro id_refused(id) as regexp_full_match(id, '-?[0-9](\.[0-9]+)?[eE]\+[0-9]+');
create or replace temp macro id_hidden(id) as contains(id, '**') or starts_with(id, '##') or starts_with(id, '$$');
create or replace temp macro id_null(id) as lower(id) in ('', 'nan', 'na', '#n/a', '-', '--', '—', '——', 'null', 'none', 'nil', 'nat', 'n/a');
create or replace temp macro email_clean(id) as lower(trim(id));
create or replace temp macro phone_clean(id) as case when contains(id, '*') then id else regexp_replace(id, '[^0-9+]', '', 'g') end;

-- The key by which two ids are seen to be one person's, null where a value cannot
-- be one: masked, empty, a placeholder. +86 138 …, 0086 138 … and 138 … are one
-- phone. See identity.Key for the rules.
create or replace temp macro phone_digits(phone) as
  regexp_replace(regexp_replace(regexp_replace(phone, '[^0-9+]', '', 'g'), '^(\+|00)', ''), '^86(1\d{10})$', '\1');
create or replace temp macro phone_real(digits) as case when length(digits) between 7 and 15 and ltrim(digits, left(digits, 1)) <> '' then digits end;
create or replace temp macro email_real(email) as case when regexp_full_match(email, '[^@\s]+@[^@\s]+\.[^@\s]+') then email end;
create or replace temp macro identity_value(kind, value) as case when kind not in ('e-mail', 'phone', 'member no') then null
  when id_hidden(value) or id_null(value) or id_refused(value) then null
  when kind = 'e-mail' then email_real(email_clean(value)) when kind = 'phone' then phone_real(phone_digits(value))
  when kind = 'member no' then id_clean(value) end;
create or replace temp macro identity_key(kind, value) as key_of(kind || ' ' || identity_value(kind, value));

-- A moment in UTC from the wall clock of a zone, and back; for UTC itself there
-- is nothing to do.
create or replace temp macro moment_utc(wall, zone) as wall;
create or replace temp macro moment_zone(wall, zone) as timezone('UTC', timezone(zone, wall));
create or replace temp macro local_utc(moment, zone) as moment;
create or replace temp macro local_zone(moment, zone) as timezone(zone, timezone('UTC', moment));

-- What an order brought: goods alone, or with the shipping and tax the buyer paid,
-- which an order given back in full gave back too.
create or replace temp macro charged_goods(net, shipping, tax, standing) as net;
create or replace temp macro charged_shipping(net, shipping, tax, standing) as
  (net + case when standing = 'refunded' then 0 else coalesce(shipping, 0) end)::decimal(18, 4);
create or replace temp macro charged_tax(net, shipping, tax, standing) as
  (net + case when standing = 'refunded' then 0 else coalesce(tax, 0) end)::decimal(18, 4);
create or replace temp macro charged_both(net, shipping, tax, standing) as
  (net + case when standing = 'refunded' then 0 else coalesce(shipping, 0) + coalesce(tax, 0) end)::decimal(18, 4);

-- When an order was placed, as a number that no two orders share: what is earliest by
-- it is so whatever the order of rows.
create or replace temp macro moment_key(moment, order_key) as epoch_us(moment)::hugeint * 9223372036854775808 + coalesce(order_key, 0);
