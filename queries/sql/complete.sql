-- How can a text of SQL go on? Columns: suggestion; suggestion_start: byte from
-- which it replaces the text; suggestion_type; best first.
-- $text: what stands before the cursor.
select suggestion, suggestion_start, suggestion_type from sql_auto_complete($text)
where suggestion_type <> 'file_name' order by suggestion_score, suggestion_type = 'keyword', suggestion limit 200;
