-- Which scenarios are kept?
-- Columns: name; mode: fitted or formula; scenario: JSON; saved_at in UTC; as_of: the
-- last day that counted then.
select name, mode, scenario::varchar as scenario, saved_at, as_of from saved.scenarios order by name;
