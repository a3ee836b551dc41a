-- Where who brought in whom, and what that is worth, is kept; empty until somebody
-- is said to have brought in somebody.
create or replace table derived.referrals (
  node integer, parent integer, person_key bigint, customer_id varchar, known boolean, referrer_id varchar, referrer_known boolean, generation integer,
  direct integer, descendants integer, depth integer, own double, direct_value double, brought double, influence double,
  conserved double, referral double, passed_up double, crv double, reward double, counted double,
  file_key integer, line bigint, evidence varchar, "at" timestamp
);
comment on table derived.referrals is 'one row for everybody who brought in somebody or was brought in; people below a node are the nodes that follow it, as many as its descendants';
create or replace table derived.refused_edges (
  file_key integer, line bigint, evidence varchar, referrer_id varchar, referred_id varchar, "at" timestamp, status varchar, kind varchar,
  reason varchar
);
comment on table derived.refused_edges is 'statements of who brought in whom that do not count, and why';
