-- What is known of the files of this load while it runs?
create or replace temp table load_files (file_key integer, kind varchar, identity varchar, per_row boolean, lines boolean, moneyless boolean);
