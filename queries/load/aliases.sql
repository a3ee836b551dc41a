-- Under which other ids do orders name the people of a customers file?
-- Parameters and placeholders as in load/people.sql.
insert into core.identities by name
select distinct key_of(customer_id) as person_key, 'customer id' as kind, alias as value, $file_key::integer as source, false as masked,
  key_of(customer_id) as account_key
from (select id_clean({customer_id}) as customer_id, id_clean({alias_id}) as alias from {> source})
where customer_id is not null and not id_null(customer_id) and not id_refused(customer_id) and not id_hidden(customer_id)
  and alias is not null and not id_null(alias) and not id_refused(alias) and not id_hidden(alias) and alias <> customer_id
order by alias;
