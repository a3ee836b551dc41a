-- Where the ids that are one person's are put down, a number for each person.
create or replace temp table identity_components (account_key bigint, component bigint);
