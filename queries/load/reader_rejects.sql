-- Which records could the reader not split into cells, and why?
-- $file_key.
insert into raw.rejects
select $file_key::integer, line, null, left(trim(any_value(csv_line), chr(10) || chr(13)), 200),
  any_value(case error_type
    when 'MISSING COLUMNS' then 'the row has fewer cells than the header'
    when 'TOO MANY COLUMNS' then 'the row has more cells than the header'
    when 'UNQUOTED VALUE' then 'a quote is opened and never closed, which takes in all lines after it, or text follows a closing quote'
    when 'LINE SIZE OVER MAXIMUM' then 'the row is longer than 2 MB'
    when 'INVALID ENCODING' then 'the row is not valid UTF-8'
    else error_message end)
from reject_errors
group by line;
