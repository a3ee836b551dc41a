-- Every row.
true
