-- Whether an order o is in the currency of the analysis: there is but one.
true
