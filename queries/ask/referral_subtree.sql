-- Who came through a person? The person and everybody below, in pre-order.
-- $id: customer_id.
select {> grid/referral_columns} from derived.referrals
where node between (select min(node) from derived.referrals where customer_id = $id)
  and (select min(node) + arg_min(descendants, node) from derived.referrals where customer_id = $id)
order by node;
