-- What holds for every connection: time is kept in UTC, and progress is
-- counted but never printed.
set TimeZone = 'UTC';
set enable_progress_bar = true;
set enable_progress_bar_print = false;
set progress_bar_time = 0;
