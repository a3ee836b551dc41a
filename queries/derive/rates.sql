-- What is one unit of each currency worth in that of the analysis?
-- $currencies, $days, $rates: lists of equal length; a rate holds from its day on.
-- Columns: currency: ISO code; since: day; rate.
create or replace table derived.rates as
select unnest($currencies::varchar[]) as currency, unnest($days::varchar[])::date as since, unnest($rates::varchar[])::decimal(20, 12) as rate;
