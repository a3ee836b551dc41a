-- Which files do answers rest on?
-- Columns: path, sha256, kind, sheet, rows, kept.
select path, sha256, kind, sheet, rows, kept from raw.files order by file_key;
