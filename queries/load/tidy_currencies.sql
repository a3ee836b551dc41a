-- Currencies as codes: eur, EUR and € are one.
-- $from: the first new file_key.
update core.orders set currency = currency_code(currency)
where file_key >= $from and currency is distinct from currency_code(currency);
