-- What is the type-7 quantile of a measure over all scored customers?
-- $p: 0–1. {measure}: a measure of package rfm. Columns: value.
select quantile_cont({measure}::decimal(18, 4), $p::double)::double as value from temp.scored;
