-- One more file of this load.
-- $file_key, $kind; $identity: what its customers are known by; $per_row: see
-- load/lines.sql.
insert into temp.load_files values ($file_key, $kind, $identity, $per_row);
