-- Let go of a database file.
-- {name}: of the database.
detach database if exists {name};
