-- What is in an answer that was kept, by key?
-- {catalog}, {schema}, {table}: where it is. {names}: what its columns are called,
-- \0 being their name. {> key}: what tells rows apart. Columns: key, place, and those.
select {> key} as key, rowid as place, columns(*) as {names} from {catalog}.{schema}.{table}
