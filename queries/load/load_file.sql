-- One more file of this load.
-- $file_key, $kind; $identity: what its customers are known by; $per_row: see
-- load/lines.sql; $lines: whether its rows are lines; $moneyless: whether its orders
-- have no amounts.
insert into temp.load_files values ($file_key, $kind, $identity, $per_row, $lines, $moneyless);
