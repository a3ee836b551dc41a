-- What are all persons worth with those they brought in? Most influence first; see
-- grid/referrals_view.
select {> grid/referral_columns} from (from derived.referrals union all by name from {> grid/referral_lone})
order by influence desc, conserved desc, customer_id;
