-- Which files are loaded already?
-- Columns: file_key, path, sha256, bytes, format, kind.
select file_key, path, sha256, bytes, format, kind from raw.files order by file_key;
