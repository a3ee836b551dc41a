-- Which settings do the derived tables stand for?
-- $settings: JSON.
create or replace table derived.settings as select $settings::json as settings, now()::timestamp as derived_at;
