-- What did the goods of a person's orders cost, and is it known of every order?
-- {> recent}: whether a day is in the window.
(sum(case when {> recent} then cost end))::decimal(18, 4) as cost, count(cost) filter ({> recent}) = count(*) filter ({> recent}) as costed
