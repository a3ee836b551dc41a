-- Do the derived tables exist? Columns: n: 1 or 0.
select count(*) as n from duckdb_tables() where schema_name = 'derived' and table_name = 'settings' and database_name = current_database();
