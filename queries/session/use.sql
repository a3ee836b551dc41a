-- In which database are tables looked for?
-- {name}: of the database.
use {name};
