-- What is the mean of a measure over all scored customers?
-- Summed as decimals, so that the order of rows does not matter.
-- {measure}: a measure of package rfm. Columns: value.
select avg({measure}::decimal(18, 4)) as value from temp.scored;
