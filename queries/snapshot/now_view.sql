-- What does the question of a snapshot answer now?
-- {view}: a name for the answer. {> answer}: the question.
create or replace table scratch.main.{view} as {> answer};
