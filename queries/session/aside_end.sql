-- Forget a database in memory.
-- {name}: what it is called.
detach database if exists {name};
