-- The orders in the currency of the analysis; the others are set aside. Orders that
-- name no currency are taken to be in it.
-- $currency: ISO code. Columns: see derive/sold.sql.
(select *, 1::decimal(20, 12) as rate from core.orders where currency is null or currency = $currency)
