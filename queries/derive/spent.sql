-- What channels cost, in the one currency there is. Columns: those of core.spend.
(from core.spend)
