-- Which column mappings were confirmed?
-- Columns: signature, kind, mapping.
select signature, kind, mapping::varchar as mapping from raw.mappings order by signature;
