-- Did the customer first order through a channel, and does an order count?
-- $channel: in lower case, empty for customers whose orders name none.
orders > 0 and person_key in (
  select c.person_key from derived.customers c left join ({> ask/first_channels}) f using (person_key) where coalesce(f.channel, '') = $channel)
