-- What are all persons worth with those they brought in? Who brought in nobody and
-- was brought in by nobody keeps the own value. Most influence first.
-- {view}: its name.
create or replace table scratch.main.{view} as
select {> grid/referral_columns} from (
  from derived.referrals union all by name from {> grid/referral_lone}
)
order by influence desc, conserved desc, customer_id;
