-- Whom does a customers file describe?
-- $file_key; $first: number of the first record; $zone; $birth_formats,
-- $registered_at_formats: strptime formats. {…_as}: the macro that reads a
-- column; every other {name}: the file's column of that name, or absent.
create or replace temp table people as
select distinct on (customer_id)
  $file_key::integer as file_key, line, key_of(customer_id) as person_key, customer_id, name, email, phone, member_no, gender, birth, city,
  region, country, registered_at, tags, referrer, referral_code
from (
  select row_number() over () - 1 + $first as line,
    coalesce(id_clean({customer_id}), email_clean({email}), phone_clean({phone}), id_clean({member_no})) as customer_id,
    coalesce(trim({name}), nullif(trim(concat_ws(' ', {first_name}, {last_name})), '')) as name,
    email_clean({email}) as email, phone_clean({phone}) as phone, id_clean({member_no}) as member_no, {gender} as gender,
    {birth_as}({birth}, $birth_formats)::date as birth, {city} as city, {region} as region, {country} as country,
    {moment}({registered_at_as}({registered_at}, $registered_at_formats), $zone) as registered_at, {tags} as tags,
    id_clean({referrer}) as referrer, id_clean({referral_code}) as referral_code
  from {> source}
)
where customer_id is not null and not id_null(customer_id) and not id_refused(customer_id) and not id_hidden(customer_id)
order by customer_id, line;
