-- The order in which rows stand.
rowid
