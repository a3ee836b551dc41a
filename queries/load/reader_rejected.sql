-- How many records of a file did the reader reject? Its rejects blame no column.
-- $file_key. Columns: n.
select count(distinct line) as n from raw.rejects where file_key = $file_key and "column" is null;
