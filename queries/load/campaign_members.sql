-- Who was in which campaign?
-- Parameters and placeholders as in load/products.sql.
insert into core.campaign_members
select $file_key::integer, line, key_of(campaign), key_of(customer), lower(arm), cost, key_of(customer)
from (
  select row_number() over () - 1 + $first as line, id_clean({campaign_id}) as campaign, id_clean({customer_id}) as customer, {arm} as arm,
    {contact_cost_as}({contact_cost}) as cost
  from {> source}
)
where campaign is not null and customer is not null and not id_null(campaign) and not id_null(customer)
  and not id_refused(customer) and not id_hidden(customer) order by line;
