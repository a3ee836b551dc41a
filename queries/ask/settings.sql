-- Which settings do the derived tables stand for? Columns: settings: JSON.
select settings::varchar as settings from derived.settings;
