-- Which files are loaded already?
-- Columns: file_key, path, sha256, bytes.
select file_key, path, sha256, bytes from raw.files order by file_key;
