-- Make a file that a copy of a database in memory can be written to. ATTACH takes
-- no parameters, so the folder is named as that of the user.
-- {folder}: where the file workspace.duckdb is made.
set home_directory to {folder};
attach '~/workspace.duckdb' as copied;
