-- Open a workspace file in an instance of its own, to be read only. ATTACH takes no
-- parameters, so the folder is named as that of the user.
-- {folder}: where workspace.duckdb leads to the file. {name}: what it is called.
set home_directory to {folder};
attach '~/workspace.duckdb' as {name} (read_only);
reset home_directory;
