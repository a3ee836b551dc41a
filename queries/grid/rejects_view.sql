-- Which rows were rejected, and why?
-- {view}: its name. $file: path of one file, null for all.
create or replace table scratch.main.{view} as
select f.path as file, r.line, r."column", r.value, r.reason
from raw.rejects r join raw.files f using (file_key)
where $file is null or f.path = $file order by r.file_key, r.line, r."column";
