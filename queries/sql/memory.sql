-- How much memory may the database use? Columns: memory_limit: text with a unit.
select current_setting('memory_limit') as memory_limit;
