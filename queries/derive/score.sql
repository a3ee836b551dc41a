-- Which scores do recency, orders and money give? A score is 1 plus the number of
-- cut-points below the value; recency is reversed. Equal values score alike.
-- $cuts_r (days), $cuts_f (orders), $cuts_m (currency): up to four ascending cut-points.
(1 + coalesce((($cuts_r::double[])[1] > recency_days)::int, 0) + coalesce((($cuts_r::double[])[2] > recency_days)::int, 0)
   + coalesce((($cuts_r::double[])[3] > recency_days)::int, 0) + coalesce((($cuts_r::double[])[4] > recency_days)::int, 0))::utinyint as r,
(1 + coalesce((($cuts_f::double[])[1] < orders)::int, 0) + coalesce((($cuts_f::double[])[2] < orders)::int, 0)
   + coalesce((($cuts_f::double[])[3] < orders)::int, 0) + coalesce((($cuts_f::double[])[4] < orders)::int, 0))::utinyint as f,
(1 + coalesce((($cuts_m::double[])[1] < money)::int, 0) + coalesce((($cuts_m::double[])[2] < money)::int, 0)
   + coalesce((($cuts_m::double[])[3] < money)::int, 0) + coalesce((($cuts_m::double[])[4] < money)::int, 0))::utinyint as m
