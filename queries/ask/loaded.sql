-- How many files are loaded?
select count(*) as n from raw.files;
