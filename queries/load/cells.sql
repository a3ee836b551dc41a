-- One column of a row for load/conversions.sql, and those after it.
-- $position: of the column; $kind: how its cells are read; {cell}: the column; {> more}:
-- those after it.
{'position': $position::integer, 'kind': $kind::varchar, 'cell': {cell}}, {> more}
