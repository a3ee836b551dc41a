-- Which measures and scores does every customer have? For schemes that look at
-- more than scores, and for statistics over customers.
-- Parts: see derive/measured.sql; {> referred}: whom they brought in; parameters:
-- see derive/score.sql.
create or replace temp table scored as
select *, {> derive/score} from (select m.*, net_revenue / orders as aov, {> referred} from {> derive/measured} m);
