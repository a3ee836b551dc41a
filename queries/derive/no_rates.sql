-- No exchange rates are in force.
drop table if exists derived.rates;
