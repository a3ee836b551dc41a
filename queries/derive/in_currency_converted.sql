-- Whether an order o is in the currency of the analysis or of a known exchange rate.
-- $currency: ISO code; $zone; {local}: the macro that turns UTC into local time.
(o.currency is null or o.currency = $currency or exists (
  select 1 from derived.rates r where r.currency = o.currency and r.since <= {local}(o.ordered_at, $zone)::date))
