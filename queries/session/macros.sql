-- What the load queries call: keys and readings of cells. Cells are text as it
-- stands in the file; what cannot be read is null.

-- The surrogate key of an id: 63 bits of its hash, null for none.
create or replace temp macro key_of(id) as case when id is not null then (hash(id) >> 1)::bigint end;

-- What a cell says that holds nothing, and what it says at the least: a file that
-- needs no other word is read a fifth faster.
create or replace temp macro null_words() as ['', 'NULL', 'null', 'N/A', 'n/a', '-', '--', '—', '——', 'None', 'nil', 'NaT'];
create or replace temp macro null_empty() as [''];

-- A cell, unless it says that there is none.
create or replace temp macro cell_known(cell) as case when not list_contains(null_words(), cell) then cell end;

-- Dates, one macro for each way of writing them; formats are strptime's.
create or replace temp macro date_iso(cell, formats) as try_cast(cell as timestamp);
create or replace temp macro date_read(moment, formats) as moment; -- the reader has read it
create or replace temp macro date_none(cell, formats) as null::timestamp;
create or replace temp macro date_offset(cell, formats) as
  coalesce(try_cast(cell as timestamptz), try_cast(regexp_replace(cell, ' ?([+-]\d\d):?(\d\d)$', '\1:\2') as timestamptz))::timestamp;
create or replace temp macro date_formats(cell, formats) as try_strptime(trim(cell), formats);

-- Amounts, likewise. Currency signs, grouping and accountants' brackets go.
create or replace temp macro amount_bare(cell) as
  regexp_replace(regexp_replace(regexp_replace(cell, '[\s$€£¥￥₹₩元]|[A-Za-z]{2,3}\$?', '', 'g'), '^\((.*)\)$', '-\1'), '^\+', '');
create or replace temp macro amount_point(cell) as try_cast(replace(amount_bare(cell), ',', '') as decimal(18, 4));
create or replace temp macro amount_comma(cell) as try_cast(replace(replace(amount_bare(cell), '.', ''), ',', '.') as decimal(18, 4));
create or replace temp macro amount_read(amount) as amount; -- the reader has read it
create or replace temp macro amount_none(cell) as null::decimal(18, 4); -- for what a file does not have
create or replace temp macro amount_plain(cell) as coalesce(try_cast(cell as decimal(18, 4)), amount_point(cell));

-- A moment in UTC from the wall clock of a zone, and back; for UTC itself there
-- is nothing to do.
create or replace temp macro moment_utc(wall, zone) as wall;
create or replace temp macro moment_zone(wall, zone) as timezone('UTC', timezone(zone, wall));
create or replace temp macro local_utc(moment, zone) as moment;
create or replace temp macro local_zone(moment, zone) as timezone(zone, timezone('UTC', moment));

-- Net revenue of one row before refunds, one macro for each set of amounts a
-- file may have. Shipping and tax are never part of it.
create or replace temp macro revenue_net_revenue(a) as a.net_revenue;
create or replace temp macro revenue_subtotal(a) as a.subtotal;
create or replace temp macro revenue_gross(a) as a.gross - abs(coalesce(a.discount, 0));
create or replace temp macro revenue_total(a) as a.total - coalesce(a.shipping, 0) - coalesce(a.tax, 0);
create or replace temp macro revenue_line_amount(a) as a.line_amount;
create or replace temp macro revenue_price(a) as (a.price * coalesce(a.quantity, 1))::decimal(18, 4) - abs(coalesce(a.line_discount, 0));
create or replace temp macro revenue_amount(a) as a.amount;
create or replace temp macro revenue_none(a) as null::decimal(18, 4);

-- Ids: always text; see intake.NormaliseID for the rules. id_refused says which
-- ids a spreadsheet has spoilt, id_hidden which are masked and name nobody.
create or replace temp macro id_clean(id) as
  regexp_replace(trim(regexp_replace(regexp_replace(trim(id, ' ' || chr(9) || chr(10) || chr(13) || chr(160) || chr(8203) || chr(65279)), '^="(.*)"$', '\1'), '^''', '')), '^(-?[0-9]+)\.0+$', '\1');
create or replace temp macro id_as_is(id) as id;
create or replace temp macro id_refused(id) as regexp_full_match(id, '-?[0-9](\.[0-9]+)?[eE]\+[0-9]+');
create or replace temp macro id_hidden(id) as contains(id, '**') or starts_with(id, '##') or starts_with(id, '$$');
create or replace temp macro id_null(id) as lower(id) in ('', 'nan', 'na', '#n/a', '-', '--', '—', '——', 'null', 'none', 'nil', 'nat', 'n/a');
create or replace temp macro email_clean(id) as lower(trim(id));
create or replace temp macro phone_clean(id) as case when contains(id, '*') then id else regexp_replace(id, '[^0-9+]', '', 'g') end;
