-- Which column mapping was confirmed for a header?
-- $signature. Columns: kind, mapping.
select kind, mapping::varchar as mapping from raw.mappings where signature = $signature;
