-- A customer's segment is that of the cell of their scores.
left join temp.cells using (r, f, m)
