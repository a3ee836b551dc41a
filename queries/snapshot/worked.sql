-- Rows that the program worked out.
-- $rows: JSON, an array of objects; $shape: JSON, their columns and types.
select unnest(from_json($rows::varchar, $shape), recursive := true)
