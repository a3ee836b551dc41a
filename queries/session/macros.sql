-- What the load queries call: readings of cells. Cells are text as it stands in the
-- file; what cannot be read is null. A load makes them for its own session, after
-- session/shared.sql, whose macros other queries call too: making them takes longer
-- than most questions.

-- Dates, one macro for each way of writing them; formats are strptime's. A cell is
-- taken out of its wrapping only when it cannot be read within.
create or replace temp macro finite(moment) as case when isfinite(moment) then moment end; -- infinity is no date to anybody else
create or replace temp macro date_iso(cell, formats) as
  finite(coalesce(try_cast(cell as timestamp), try_cast(cell_bare(cell) as timestamp)));
create or replace temp macro date_read(moment, formats) as moment; -- the reader has read it; off_calendar refuses infinity
create or replace temp macro date_read_finite(moment, formats) as finite(moment);
create or replace temp macro date_none(cell, formats) as null::timestamp;
create or replace temp macro date_offset(cell, formats) as
  finite(coalesce(try_cast(cell as timestamptz), try_cast(regexp_replace(cell_bare(cell), ' ?([+-]\d\d):?(\d\d)$', '\1:\2') as timestamptz))::timestamp);
create or replace temp macro date_formats(cell, formats) as coalesce(try_strptime(trim(cell), formats), try_strptime(cell_bare(cell), formats));

-- Whether a moment is in no calendar of a shop.
create or replace temp macro off_calendar(moment) as moment < '1900-01-01'::timestamp or moment >= '2200-01-01'::timestamp;

-- Dates that are numbers: days since 1899-12-30 as spreadsheets count them, and
-- seconds, milliseconds and microseconds since 1970 in UTC. The columns may hold
-- written dates too; numbers out of range are none, see intake.NumberDate.
create or replace temp macro date_number(number, least, most, unit, step) as
  case when number >= least and number < most then make_timestamp((round(number * unit / step) * step)::bigint) end;
create or replace temp macro date_serial(cell, formats) as coalesce(
  date_number(try_cast(cell_bare(cell) as double) - 25569, -14609, 47483, 86400000000, 1000), date_formats(cell, formats));
create or replace temp macro date_seconds(cell, formats) as coalesce(
  date_number(try_cast(cell_bare(cell) as double), 315532800, 4102444800, 1000000, 1), date_formats(cell, formats));
create or replace temp macro date_milliseconds(cell, formats) as coalesce(
  date_number(try_cast(cell_bare(cell) as double), 315532800000, 4102444800000, 1000, 1), date_formats(cell, formats));
create or replace temp macro date_microseconds(cell, formats) as coalesce(
  date_number(try_cast(cell_bare(cell) as double), 315532800000000, 4102444800000000, 1, 1), date_formats(cell, formats));

-- Amounts, likewise; see intake.ParseAmount, which reads every cell alike. What most
-- cells of a column are is read first, the odd ones after. No step stands twice in
-- a macro: DuckDB would then take it for every cell.
-- amount_signed puts the sign first, whether it is a minus on either side or brackets.
create or replace temp macro amount_signed(cell) as regexp_replace(regexp_replace(regexp_replace(
  cell_bare(cell), '^\(\s*(.*?)\s*\)$', '-\1'), '^([^-−\d.,]*)[-−]+\s?(.*)$', '-\1\2'), '^-?(.*?[^-−\s])\s?[-−]+$', '-\1');
-- amount_alone takes off currency and units, and what groups thousands but the comma
-- and the point.
create or replace temp macro amount_alone(cell) as regexp_replace(regexp_replace(regexp_replace(amount_signed(cell),
  '^(-?)\+?\s?(?:[A-Za-z]{1,3}[$€£¥]|[A-Z]{3}|(?i:usd|eur|gbp|cny|rmb|jpy|hkd|twd|sgd|myr|krw|inr|aud|cad)|(?:RM|Rs|Rp|kr)\.?|Kč|zł|Ft|[$€£¥￥₹₩₽฿₫₱元圆]|人民币)?\s?[-+−]?\s?([\d.,].*)$', '\1\2'),
  '^(.*?[\d.,])\s*(?:[A-Za-z]{1,3}[$€£¥]|[A-Z]{3}|(?i:usd|eur|gbp|cny|rmb|jpy|hkd|twd|sgd|myr|krw|inr|aud|cad)|RM|Rs|Rp|kr|Kč|zł|Ft|[$€£¥￥₹₩₽฿₫₱元圆]|人民币'
  || '|[个件份笔次单套双张本支瓶盒箱包袋条只台部把块人位天]|pcs?|pieces)\s?$', '\1'), '\b[''’\pZ](\d{3})', '\1', 'g');
-- amount_cast is what DuckDB reads by itself; it takes a dash and a space for 0.
create or replace temp macro amount_cast(cell) as case when trim(cell) <> '-' then try_cast(cell as decimal(18, 4)) end;
create or replace temp macro amount_point(cell) as coalesce(
  amount_cast(cell),
  try_cast(replace(regexp_extract(cell, '^(?:[A-Z]{2,3}|[$€£¥￥₹])?\s?(\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?)元?$', 1), ',', '') as decimal(18, 4)),
  try_cast(replace(regexp_extract(amount_alone(cell), '^-?(?:\d{1,3}(?:,\d{3})+|\d*)(?:\.\d*)?$'), ',', '') as decimal(18, 4)));
create or replace temp macro amount_comma(cell) as coalesce(
  try_cast(replace(replace(regexp_extract(cell, '^(-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d*)?)(?:\s?€)?$', 1), '.', ''), ',', '.') as decimal(18, 4)),
  try_cast(replace(replace(regexp_extract(amount_alone(cell), '^-?(?:\d{1,3}(?:\.\d{3})+|\d*)(?:,\d*)?$'), '.', ''), ',', '.') as decimal(18, 4)));
create or replace temp macro amount_read(amount) as amount; -- the reader has read it
create or replace temp macro amount_none(cell) as null::decimal(18, 4); -- for what a file does not have
create or replace temp macro amount_plain(cell) as amount_point(cell);

-- Net revenue of one row before refunds, one macro for each set of amounts a
-- file may have. Shipping and tax are never part of it.
create or replace temp macro revenue_net_revenue(a) as a.net_revenue;
create or replace temp macro revenue_subtotal(a) as a.subtotal;
create or replace temp macro revenue_gross(a) as a.gross - abs(coalesce(a.discount, 0));
create or replace temp macro revenue_total(a) as a.total - coalesce(a.shipping, 0) - coalesce(a.tax, 0);
create or replace temp macro revenue_line_amount(a) as a.line_amount;
create or replace temp macro revenue_price(a) as (a.price * coalesce(a.quantity, 1))::decimal(18, 4) - abs(coalesce(a.line_discount, 0));
create or replace temp macro revenue_amount(a) as a.amount;
create or replace temp macro revenue_subtotal_taxed(a) as case
  when a.tax > 0 and a.subtotal + coalesce(a.shipping, 0) > 0 and abs(a.total - a.subtotal - coalesce(a.shipping, 0)) < 0.011
    then (a.subtotal - round(a.tax * a.subtotal / (a.subtotal + coalesce(a.shipping, 0)), 4))::decimal(18, 4)
  else a.subtotal end;
create or replace temp macro revenue_line_gross(a) as a.line_amount - abs(coalesce(a.line_discount, 0));
-- Totals that hold goods and tax, goods and shipping, or goods alone.
create or replace temp macro revenue_total_without_shipping(a) as a.total - coalesce(a.tax, 0);
create or replace temp macro revenue_total_without_tax(a) as a.total - coalesce(a.shipping, 0);
create or replace temp macro revenue_total_goods(a) as a.total;
create or replace temp macro revenue_none(a) as null::decimal(18, 4);

-- What is left of a row's net revenue after its refund, which may hold shipping and
-- tax too and so be the larger; and of one that is already less the refund.
create or replace temp macro net_after(revenue, refund) as
  case when revenue > 0 then greatest(revenue - abs(coalesce(refund, 0)), 0) else revenue end;
create or replace temp macro net_taken(revenue, refund) as case when refund <> 0 and revenue < 0 then 0 else revenue end;
create or replace temp macro net_alone(revenue, refund) as revenue; -- for files without refunds

-- Text that a column holds, or that all rows of a file share; a status alone, or
-- with that of the after-sales case.
create or replace temp macro text_own(cell, other) as cell;
create or replace temp macro text_known(cell, other) as coalesce(trim(cell), other);
create or replace temp macro currency_code(cell) as case upper(trim(cell))
  when '' then null when '€' then 'EUR' when 'EURO' then 'EUR' when '£' then 'GBP' when 'US$' then 'USD' when '$' then 'USD'
  when 'RMB' then 'CNY' when '元' then 'CNY' when '人民币' then 'CNY' when 'CN¥' then 'CNY' else upper(trim(cell)) end;
create or replace temp macro currency_clean(cell, other) as coalesce(currency_code(cell), other);
create or replace temp macro status_alone(status, after) as status;
create or replace temp macro status_both(status, after) as concat_ws(' · ', status, cell_known(trim(after)));

-- Amounts packed into text: the sum of every amount:… in it.
create or replace temp macro packed_amounts(cell) as
  list_sum([try_cast(a as decimal(18, 4)) for a in regexp_extract_all(cell, 'amount\s*:\s*(-?[0-9]+(?:\.[0-9]+)?)', 1)])::decimal(18, 4);

create or replace temp macro joined_amounts(cell) as
  list_sum([try_cast(trim(a) as decimal(18, 4)) for a in string_split(cell, ';')])::decimal(18, 4);

-- Whether an amount is there and could not be read; no amount is that DuckDB's reader
-- took as it is.
create or replace temp macro amount_lost(cell, amount) as cell is not null and amount is null;
create or replace temp macro amount_taken(cell, amount) as false;

-- Ids, as session/shared.sql cleans them or as they stand.
create or replace temp macro id_as_is(id) as id;
-- As id_clean, without the work where one look shows that there is nothing to clean.
create or replace temp macro id_tidy(id) as
  case when regexp_full_match(id, '[0-9A-Za-z_@+-]+(\.[A-Za-z][0-9A-Za-z_@+-]*)*') then id else id_clean(id) end;

-- Whether one id comes after another (above 0), before it (below) or neither (0).
create or replace temp macro id_step(id, other) as case
  when strlen(id) <> strlen(other) then strlen(id) - strlen(other) when id > other then 1 when id < other then -1
  when id = other then 0 end;

-- The first of the files that rows are from, for which those of one need no look.
create or replace temp macro first_of_files(file_key, single) as min(file_key);
create or replace temp macro first_and_only(file_key, single) as single::integer;

-- Who an order's customer is, by one column or by the second where the first is empty.
create or replace temp macro customer_id_as(id, instead) as id;
create or replace temp macro customer_email_as(email, instead) as email_clean(email);
create or replace temp macro customer_phone_as(phone, instead) as phone_clean(phone);
create or replace temp macro customer_email_or_phone(email, phone) as coalesce(nullif(email_clean(email), ''), phone_clean(phone));
create or replace temp macro customer_email_or_id(email, id) as coalesce(nullif(email_clean(email), ''), id_clean(id));
create or replace temp macro customer_phone_or_email(phone, email) as coalesce(nullif(phone_clean(phone), ''), email_clean(email));
