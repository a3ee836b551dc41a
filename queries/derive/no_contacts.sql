-- Contacting people is not asked about, or cost nothing that is known.
(select null::bigint as person_key, null::date as day, null::decimal(18, 4) as cost where false)
