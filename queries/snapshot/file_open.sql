-- Open a database file with the rows of a snapshot; see snapshot/file_new.
-- {folder}: where the file rows.duckdb is. {name}: of the database.
set home_directory to {folder};
attach '~/rows.duckdb' as {name} (read_only);
reset home_directory;
