-- What channels cost, in the currency of the analysis, at the latest rate at or
-- before the first of the days it was spent; spend of no known rate is set aside.
-- $currency: ISO code. Columns: those of core.spend, amounts converted.
(select * exclude (rate) replace ((amount * rate)::decimal(18, 4) as amount) from (
    select s.*, case when s.currency is null or s.currency = $currency then 1::decimal(20, 12) else r.rate end as rate
    from core.spend s asof left join derived.rates r on s.currency = r.currency and s."from" >= r.since
  ) where rate is not null)
