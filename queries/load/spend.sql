-- What did channels cost?
-- Parameters and placeholders as in load/products.sql; $from_formats, $to_formats.
insert into core.spend
select $file_key::integer, line, channel, first_day, last_day, amount, currency
from (
  select row_number() over () - 1 + $first as line, coalesce({channel}, {campaign}) as channel,
    {from_as}({from}, $from_formats)::date as first_day,
    coalesce({to_as}({to}, $to_formats)::date, last_day({from_as}({from}, $from_formats)::date)) as last_day,
    {spend_amount_as}({spend_amount}) as amount, currency_code({currency}) as currency
  from {> source}
)
where channel is not null and first_day is not null and amount is not null order by line;
