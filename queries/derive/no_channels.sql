-- Nothing is known of what channels cost.
create or replace table derived.channels (channel varchar, customers bigint, spend double, cac double, historic double, predicted double);
create or replace table derived.channel_months (channel varchar, month integer, customers bigint, value double);
