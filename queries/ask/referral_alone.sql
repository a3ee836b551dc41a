-- What is known of a person who hangs together with nobody?
-- $id: customer_id.
select {> grid/referral_columns} from {> grid/referral_lone} where customer_id = $id;
