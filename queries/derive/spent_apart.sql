-- What channels cost in the currency of the analysis.
-- $currency: ISO code. Columns: those of core.spend.
(from core.spend where currency is null or currency = $currency)
