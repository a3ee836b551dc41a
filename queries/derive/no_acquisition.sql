-- Nothing is known of what it cost to win customers.
create or replace temp table acquisition (person_key bigint, channel varchar, cost double);
