-- Which files are loaded, and what became of their rows?
-- conversions: JSON, null for none.
select path, kind, format, encoding, sheet, rows, kept, rejected, credits, excluded, duplicates, date_min, date_max, net_revenue,
  mapping::varchar as mapping, warnings, columns, (select value from saved.workspace w where w.name = 'conversions of file ' || f.file_key) as conversions
from raw.files f order by file_key;
