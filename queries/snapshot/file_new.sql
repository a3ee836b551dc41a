-- Make a database file for the rows of a snapshot. ATTACH takes no parameters, so the
-- folder is named as that of the user.
-- {folder}: where the file rows.duckdb is made. {name}: of the database.
set home_directory to {folder};
attach '~/rows.duckdb' as {name} (read_write);
reset home_directory;
