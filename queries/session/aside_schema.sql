-- Give a database a schema.
-- {name}: of the database. {schema}: the new one.
create schema if not exists {name}.{schema};
