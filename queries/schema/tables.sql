-- What tables does a workspace have?
-- Keys (…_key) are surrogate integers: 63 bits of a hash of what the file calls
-- the thing (…_id, always text), so one pass over a file makes them. Money is
-- decimal(18,4) in the currency of the row; times are UTC.
create schema if not exists raw;
create schema if not exists core;
create schema if not exists derived;
create schema if not exists saved;

create type core.standing as enum ('purchase', 'credit', 'refunded', 'excluded', 'rejected');
comment on type core.standing is 'how an order counts: purchase (F and M), credit and refunded (M only), excluded (cancelled, unpaid, void)';

create table saved.workspace (name varchar primary key, value varchar);
comment on table saved.workspace is 'schema version, settings and the like, one value a name';

create table raw.files (
  file_key integer primary key, first_line bigint not null, path varchar not null, sha256 varchar not null, bytes bigint not null, format varchar not null,
  encoding varchar not null, sheet varchar, kind varchar not null, signature varchar not null, mapping json not null, rows bigint not null,
  kept bigint not null, rejected bigint not null, credits bigint not null, excluded bigint not null, duplicates bigint not null,
  date_min timestamp, date_max timestamp, net_revenue decimal(18,4), warnings varchar[] not null, loaded_at timestamp not null,
  columns varchar[], zoned boolean
);
comment on table raw.files is 'one row per file loaded: what it was recognised as and what became of its rows';
comment on column raw.files.columns is 'all columns of the file in file order, null for files that an older program loaded';
comment on column raw.files.zoned is 'whether its dates say their offset or count seconds since 1970; others are wall clocks of the time zone in the settings';
create table raw.rejects (file_key integer not null, line bigint not null, "column" varchar, value varchar, reason varchar not null);
comment on table raw.rejects is 'rows that could not be used, with the cell that is to blame; line counts records, a header being line 1, in workbooks rows as the sheet numbers them';
create table raw.mappings (signature varchar primary key, kind varchar not null, mapping json not null, confirmed_at timestamp not null);
comment on table raw.mappings is 'column mappings an analyst confirmed, by header signature';

create table core.persons (
  file_key integer, line bigint, person_key bigint not null, customer_id varchar not null, name varchar, email varchar, phone varchar,
  gender varchar, birth date, city varchar, region varchar, country varchar, registered_at timestamp, tags varchar
);
comment on table core.persons is 'one row per person';
create table core.identities (
  person_key bigint not null, kind varchar not null, value varchar not null, source integer not null, masked boolean not null,
  account_key bigint not null, key bigint
);
comment on table core.identities is 'the keys a person is known by; source is the file_key that first showed the key';
comment on column core.identities.account_key is 'the person as the file names them, before ids were merged: the key of the customer id it belongs to';
comment on column core.identities.key is 'equal for values that are one, such as +86 138 … and 138 …; null for what never joins two ids';
create table core.accounts (
  account_key bigint not null, person_key bigint not null, file_key integer, line bigint, customer_id varchar not null, name varchar, email varchar,
  phone varchar, gender varchar, birth date, city varchar, region varchar, country varchar, registered_at timestamp, tags varchar
);
comment on table core.accounts is 'the ids that were found to be one person''s with another, each as it stood by itself, so that merging can be undone; persons of a single id stand in core.persons alone';
create table core.merges (
  merge_key integer not null, state varchar not null, rule varchar not null, key bigint, value varchar, one_key bigint, one_id varchar,
  other_key bigint, other_id varchar, score double, evidence varchar, decided_at timestamp not null, undone_at timestamp
);
comment on table core.merges is 'why ids were made one person, and which pairs were said to be two: a row for every key that several ids share, and for every pair decided by hand';
comment on column core.merges.state is 'made, undone by hand, refused by hand, or lapsed: more ids share the key by now than one person has';
comment on column core.merges.rule is 'the kind of the key, or hand';
create table core.orders (
  file_key integer not null, line bigint, order_key bigint, order_id varchar, person_key bigint, customer_id varchar, platform varchar,
  shop varchar, channel varchar, campaign varchar, coupon varchar, ordered_at timestamp, paid_at timestamp, status varchar,
  standing core.standing, currency varchar, gross decimal(18,4), discount decimal(18,4), tax decimal(18,4), shipping decimal(18,4),
  refund decimal(18,4), net_revenue decimal(18,4), cost decimal(18,4), points decimal(18,4), region varchar, country varchar
);
comment on table core.orders is 'one row per order; person_key is null when the order names nobody; net_revenue is after discounts and undated refunds, without tax and shipping';
comment on column core.orders.customer_id is 'the customer as the file names them';
create table core.order_lines (
  file_key integer not null, line bigint not null, order_key bigint not null, product_key bigint, quantity decimal(18,4),
  price decimal(18,4), discount decimal(18,4), net_revenue decimal(18,4), cost decimal(18,4)
);
comment on table core.order_lines is 'one row per order line; price is per unit, net_revenue for the whole line';
create table core.products (
  file_key integer not null, line bigint, product_key bigint not null, sku varchar not null, name varchar, category varchar, brand varchar,
  cost decimal(18,4)
);
comment on table core.products is 'one row per product; cost is per unit';
create table core.refunds (
  file_key integer not null, line bigint not null, order_key bigint not null, refunded_at timestamp, amount decimal(18,4) not null, reason varchar
);
comment on table core.refunds is 'refunds with a date of their own';
create table core.referrals (
  file_key integer not null, line bigint not null, referrer_key bigint not null, referred_key bigint not null, "at" timestamp,
  evidence varchar, status varchar, reward decimal(18,4), kind varchar not null, referrer_id varchar not null, referred_id varchar not null
);
comment on table core.referrals is 'who brought whom, as stated, in the words of the file; derived.referrals is what came of it';
comment on column core.referrals.evidence is 'what the statement rests on: a referrals, customers or orders file, or what a referrals file says itself';
create table core.interactions (
  file_key integer not null, line bigint not null, person_key bigint not null, "at" timestamp, kind varchar, target varchar, value double,
  account_key bigint not null
);
comment on table core.interactions is 'views, shares, reviews, tickets';
create table core.spend (
  file_key integer not null, line bigint not null, channel varchar not null, "from" date not null, "to" date not null,
  amount decimal(18,4) not null, currency varchar
);
comment on table core.spend is 'what a channel cost from a day to a day, both included';
create table core.campaigns (
  file_key integer not null, line bigint not null, campaign_key bigint not null, name varchar not null, "from" date, "to" date,
  cost decimal(18,4)
);
comment on table core.campaigns is 'campaigns, with their days, both included';
create table core.campaign_members (
  file_key integer not null, line bigint not null, campaign_key bigint not null, person_key bigint not null, arm varchar, cost decimal(18,4),
  account_key bigint not null
);
comment on table core.campaign_members is 'who was in a campaign, in which arm (treated, control)';
create view core.files as
  select file_key, path, sha256, bytes, format, encoding, sheet, mapping, rows, kept, rejected, loaded_at from raw.files;
create table saved.audit ("at" timestamp not null, action varchar not null, what varchar);
comment on table saved.audit is 'what was done that touches people''s data';
create table saved.scenarios (name varchar primary key, mode varchar not null, scenario json not null, saved_at timestamp not null, as_of date);
comment on table saved.scenarios is 'assumptions of what-if by name; as_of is the last day that counted when they were kept';
create table saved.snapshots (
  snapshot_key integer not null, name varchar not null, note varchar not null, page varchar not null, rows bigint not null,
  saved_at timestamp not null, deleted_at timestamp, record varchar not null
);
comment on table saved.snapshots is 'results that were kept; the rows are in saved.snapshot_KEY, who was in which segment in saved.snapshot_KEY_members';
comment on column saved.snapshots.deleted_at is 'when it was taken away; it can be brought back for a while';
comment on column saved.snapshots.record is 'JSON: everything the result depends on';
