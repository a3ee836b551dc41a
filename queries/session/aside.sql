-- Put an empty database in memory beside the open one.
-- {name}: what it is called.
attach ':memory:' as {name} (read_write);
