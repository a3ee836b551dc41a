-- What moment is it where a wall clock of one time zone turns out to be of another?
-- Dates of files that do not say their offset keep their day and hour when the time
-- zone changes; those that do are the moments they were.
-- $from, $to: IANA zones before and after. {table}, {column}: of the schema core.
-- {local}, {moment}: the macros that turn UTC into local time, and back.
update core.{table} as t set {column} = {moment}({local}({column}, $from), $to)
from raw.files f where f.file_key = t.file_key and f.zoned is not true and {column} is not null;
