-- What holds for the whole instance: nothing is fetched from a network, time is
-- kept in UTC, and short-lived tables (sorted and filtered views) have a catalog of their own
-- that every connection shares and no file keeps.
set autoinstall_known_extensions = false;
set autoload_known_extensions = false;
set global TimeZone = 'UTC';
attach if not exists ':memory:' as scratch (read_write);
