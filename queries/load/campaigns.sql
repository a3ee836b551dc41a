-- Which campaigns were there?
-- Parameters and placeholders as in load/products.sql; $from_formats, $to_formats.
insert into core.campaigns
select $file_key::integer, line, key_of(id), coalesce(name, type, id), first_day, last_day, cost
from (
  select row_number() over () - 1 + $first as line, id_clean(coalesce({campaign_id}, {campaign_name})) as id, {campaign_name} as name,
    {campaign_type} as type, {from_as}({from}, $from_formats)::date as first_day, {to_as}({to}, $to_formats)::date as last_day,
    {campaign_cost_as}({campaign_cost}) as cost
  from {> source}
)
where id is not null and not id_null(id) order by line;
