-- By which customer ids do files know customers? Columns: file_key, customer_id.
(select file_key, customer_id from core.orders where customer_id is not null
 union all select source, value from core.identities where kind = 'customer id')
