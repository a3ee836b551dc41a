-- How many tables does a database file hold? Columns: n.
select count(*) as n from duckdb_tables() where database_name = current_database();
