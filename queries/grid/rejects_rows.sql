-- Which rows were rejected, and why?
-- $file: path of one file, null for all.
select f.path as file, r.line, r."column", r.value, r.reason
from raw.rejects r join raw.files f using (file_key)
where $file is null or f.path = $file order by r.file_key, r.line, r."column"
