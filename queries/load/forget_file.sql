-- Take back what a file brought before it was known that it is loaded already.
-- $file_key.
delete from core.orders where file_key = $file_key;
