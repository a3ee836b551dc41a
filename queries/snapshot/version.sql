-- Which DuckDB is this? Columns: version.
select version() as version;
