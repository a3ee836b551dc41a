-- Does a database hold the one table of a snapshot file and nothing else?
-- $name: of the database. Columns: good.
select (select count(*) from duckdb_tables() where database_name = $name and schema_name = 'main' and table_name = 'rows') = 1
  and (select count(*) from duckdb_views() where database_name = $name and not internal) = 0 as good;
