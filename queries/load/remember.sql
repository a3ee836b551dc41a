-- Keep a confirmed column mapping for files with the same header.
-- $signature, $kind, $mapping.
insert or replace into raw.mappings values ($signature, $kind, $mapping::json, now()::timestamp);
