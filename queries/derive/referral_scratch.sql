-- Where the forest is written down before people get their names.
create or replace temp table referral_nodes (
  node integer, parent integer, person_key bigint, edge bigint, generation integer, direct integer, descendants integer, depth integer,
  own double, direct_value double, brought double, influence double, conserved double, referral double, passed_up double, crv double,
  reward double, counted double
);
create or replace temp table referral_refusals (edge bigint, reason varchar);
