-- The last column of a row for load/conversions.sql; see load/cells.sql.
{'position': $position::integer, 'kind': $kind::varchar, 'cell': {cell}}
