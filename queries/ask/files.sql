-- Which files are loaded, and what became of their rows?
select path, kind, format, encoding, sheet, rows, kept, rejected, credits, excluded, duplicates, date_min, date_max, net_revenue,
  mapping::varchar as mapping, warnings, columns
from raw.files order by file_key;
