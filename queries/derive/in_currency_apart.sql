-- Whether an order o is in the currency of the analysis. $currency: ISO code.
(o.currency is null or o.currency = $currency)
