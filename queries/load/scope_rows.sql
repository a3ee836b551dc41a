-- Customers whose id names somebody on another platform go by platform and id.
-- $file_key; $platform: of the file; {schema}.{table}: its rows.
update {schema}.{table}
set customer_id = $platform || ' ' || id_tidy(customer_id), person_key = key_of($platform || ' ' || id_tidy(customer_id))
where file_key = $file_key and id_tidy(customer_id) in (select id from temp.claimed);
