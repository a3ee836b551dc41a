-- The rows of a JSON file (an array of objects, or one object a line), every
-- cell as text under its own name. Lists and objects in cells stay JSON.
-- $path; $compression: gzip or uncompressed.
(select cell_known(json_extract_string(columns(*), '$')), null::varchar as column_not_there
 from read_json($path, records = 'true', sample_size = -1, maximum_depth = 1, union_by_name = true, compression = $compression))
