-- Where does a customer stand among those who brought in others?
-- $id: customer_id.
select {> grid/referral_columns} from derived.referrals where customer_id = $id and known;
