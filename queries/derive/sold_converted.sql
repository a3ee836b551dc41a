-- All orders of a known exchange rate, in the currency of the analysis, each at the
-- latest rate at or before its day; the others are set aside. Orders that name no
-- currency are taken to be in that of the analysis.
-- $currency: ISO code; $zone; {local}: the macro that turns UTC into local time.
-- Columns: those of core.orders, amounts converted; rate: what one unit of the
-- order's own currency is worth.
(select * replace (
    (gross * rate)::decimal(18, 4) as gross, (discount * rate)::decimal(18, 4) as discount, (tax * rate)::decimal(18, 4) as tax,
    (shipping * rate)::decimal(18, 4) as shipping, (refund * rate)::decimal(18, 4) as refund,
    (net_revenue * rate)::decimal(18, 4) as net_revenue, (cost * rate)::decimal(18, 4) as cost)
  from (
    select o.*, case when o.currency is null or o.currency = $currency then 1::decimal(20, 12) else r.rate end as rate
    from core.orders o asof left join derived.rates r
      on o.currency = r.currency and {local}(o.ordered_at, $zone)::date >= r.since
  ) where rate is not null)
