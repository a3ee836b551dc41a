-- Are newly read orders in another currency?
-- Parameters and placeholders: see load/new_rows.sql; $currency: as files write it.
-- Columns: n: 1 if there are such orders.
select coalesce(bool_or(currency <> $currency), false)::integer as n from {> load/new_rows};
