-- As load/claims.sql, with the rows that wait to be rolled up.
(select file_key, customer_id from core.orders where customer_id is not null
 union all select file_key, customer_id from temp.order_rows where customer_id is not null
 union all select source, value from core.identities where kind = 'customer id')
