-- A workspace of version 2 becomes one of version 3: files keep their columns, and
-- whether their dates say their offset. Of files loaded before that is not known; most
-- exports do not.
alter table raw.files add column columns varchar[];
alter table raw.files add column zoned boolean;
comment on column raw.files.columns is 'all columns of the file in file order, null for files that an older program loaded';
comment on column raw.files.zoned is 'whether its dates say their offset or count seconds since 1970; others are wall clocks of the time zone in the settings';
