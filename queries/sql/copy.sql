-- Copy everything from the database in memory to the file.
copy from database memory to copied;
