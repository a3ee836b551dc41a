-- Which order lines does a file hold? They wait in order_rows until
-- load/roll_up.sql makes orders of them.
-- $per_row: whether amounts belong to the row (added up) or repeat those of the
-- order (counted once); $refund_adds, $charges_add: the same of refunds, and of
-- shipping and tax; $refund_taken: whether refunds are taken off already;
-- $continued: whether further rows of an order leave its date empty. Other
-- parameters and placeholders: see load/rows.sql.
insert into temp.order_rows by name
select *, $per_row::boolean as per_row, $refund_adds::boolean as refund_adds, $charges_add::boolean as charges_add,
  $refund_taken::boolean as refund_taken,
  case when unreadable or off_calendar(ordered_at) then 'rejected'::core.standing
   when ordered_at is null and not ($continued and undated) then 'rejected'::core.standing
   else 'purchase'::core.standing end as standing
from {> load/rows};
