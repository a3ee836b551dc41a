-- A workspace of version 1 becomes one of version 2: referrals keep the ids that
-- files give, persons the ids they were merged from, and there is room for
-- scenarios and snapshots.
alter table core.referrals add column referrer_id varchar;
alter table core.referrals add column referred_id varchar;
update core.referrals as r set
  referrer_id = coalesce((select any_value(customer_id) from core.persons p where p.person_key = r.referrer_key), r.referrer_key::varchar),
  referred_id = coalesce((select any_value(customer_id) from core.persons p where p.person_key = r.referred_key), r.referred_key::varchar);
comment on column core.referrals.evidence is 'what the statement rests on: a referrals, customers or orders file, or what a referrals file says itself';
alter table core.identities add column account_key bigint;
alter table core.identities add column key bigint;
update core.identities set account_key = person_key, key = identity_key(kind, value);
alter table core.interactions add column account_key bigint;
update core.interactions set account_key = person_key;
alter table core.campaign_members add column account_key bigint;
update core.campaign_members set account_key = person_key;
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
create table if not exists saved.scenarios (name varchar primary key, mode varchar not null, scenario json not null, saved_at timestamp not null, as_of date);
comment on table saved.scenarios is 'assumptions of what-if by name; as_of is the last day that counted when they were kept';
create table if not exists saved.snapshots (
  snapshot_key integer not null, name varchar not null, note varchar not null, page varchar not null, rows bigint not null,
  saved_at timestamp not null, deleted_at timestamp, record varchar not null
);
comment on table saved.snapshots is 'results that were kept; the rows are in saved.snapshot_KEY, who was in which segment in saved.snapshot_KEY_members';
comment on column saved.snapshots.deleted_at is 'when it was taken away; it can be brought back for a while';
comment on column saved.snapshots.record is 'JSON: everything the result depends on';
