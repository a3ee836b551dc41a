-- No order says what its goods cost.
null::decimal(18, 4) as cost, false as costed
