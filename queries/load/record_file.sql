-- Keep what a file was recognised as and what became of it.
-- Parameters: the columns of raw.files, see schema/tables.sql.
insert into raw.files values ($file_key, $first_line, $path, $sha256, $bytes, $format, $encoding, $sheet, $kind, $signature, $mapping::json, $rows, $kept,
  $rejected, $credits, $excluded, $duplicates, $date_min, $date_max, $net_revenue::decimal(18, 4), from_json($warnings, '["VARCHAR"]'), now()::timestamp,
  from_json($columns, '["VARCHAR"]'), $zoned);
