-- Which row of a grid has a key?
-- {view}: its name; {column}: the key's column; $key. Columns: row: null for none.
select min(rowid) as row from scratch.main.{view} where {column} = $key;
