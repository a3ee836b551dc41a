-- Let go of the file.
detach database if exists copied;
reset home_directory;
