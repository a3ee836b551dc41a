-- In which databases are tables looked for, by schema?
-- {path}: database.schema, …; the first has what is made.
set search_path = {path};
