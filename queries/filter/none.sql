-- No row at all.
false
