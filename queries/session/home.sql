-- What is the open database called? Columns: name.
select current_database() as name;
