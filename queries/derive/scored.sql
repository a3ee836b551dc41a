-- Which measures and scores does every customer have? For schemes that look at
-- more than scores, and for statistics over customers.
-- Parts: see derive/measured.sql; parameters: see derive/score.sql.
create or replace temp table scored as
select *, {> derive/score} from (select *, net_revenue / orders as aov from {> derive/measured});
