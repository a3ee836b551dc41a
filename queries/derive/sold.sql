-- All orders, in the one currency there is.
-- Columns: those of core.orders; rate: 1.
(select *, 1::decimal(20, 12) as rate from core.orders)
