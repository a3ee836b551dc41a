-- What was done to the cells of columns that are not written as they are kept?
-- $file_key; $limit: rows to look at; {> source}: the file; {> cells}: its columns,
-- see load/cells.sql. Cells that were rejected are left out. Columns: position;
-- rule: see conversionRules; cells: how many; example, other: the first and the last
-- in order of text. A cell may have several things done to it.
with cells as (
  select unnest([{> cells}]) as c from (select * from {> source} limit $limit)
), odd as (
  select c.position as position, c.kind as kind, c.cell as cell, cell_bare(c.cell) as bare, list_contains(null_words(), c.cell) as nothing
  from cells where c.cell is not null and not case
    when c.kind in ('amount_point', 'amount_comma') then regexp_full_match(c.cell, '-?[0-9]+') or c.kind = 'amount_point' and regexp_full_match(c.cell, '-?[0-9]+\.[0-9]{0,4}')
    when c.kind = 'date_iso' then regexp_full_match(c.cell, '\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?')
    when c.kind = 'id' then regexp_full_match(c.cell, '[\w@.+-]*[A-Za-z_]\w*|[0-9-]+')
    else false end
), named as (
  select position, cell, unnest(case
    when nothing then ['nothing']
    when kind = 'packed' then ['packed']
    when kind in ('amount_point', 'amount_comma') then [
      case when bare <> cell then 'wrapping' end,
      case when regexp_matches(bare, '[$€£¥￥₹₩₽฿₫₱元圆]|人民币|[A-Za-z]{2,3}\.?\s*[-\d(]|\d\s*(?:[A-Z]{3}|RM|Rs|Rp|kr|Kč|zł|Ft)$') then 'currency' end,
      case when regexp_matches(bare, '\d\s*(?:[个件份笔次单套双张本支瓶盒箱包袋条只台部把块人位天]|pcs?|pieces)$') then 'unit' end,
      case when regexp_matches(bare, '^\(') then 'brackets' end,
      case when regexp_matches(bare, '[\d.,元圆€$]\s*[-−]$|−') then 'minus' end,
      case when regexp_matches(bare, case when kind = 'amount_comma' then '\d[.\s''’\pZ]\d{3}' else '\d[,\s''’\pZ]\d{3}' end) then 'thousands' end,
      case when kind = 'amount_comma' and regexp_matches(bare, '\d,\d') then 'decimal_comma' end,
      case when regexp_matches(bare, case when kind = 'amount_comma' then ',\d{5}' else '\.\d{5}' end) then 'rounded' end]
    when kind = 'id' then [
      case when bare <> cell then 'wrapping' end,
      case when regexp_full_match(bare, '-?[0-9]+\.0+') then 'float' end]
    else [
      case when bare <> cell then 'wrapping' end,
      case when kind = 'date_serial' and regexp_full_match(bare, '\d+(\.\d+)?') then 'serial'
        when kind in ('date_seconds', 'date_milliseconds', 'date_microseconds') and regexp_full_match(bare, '\d+(\.\d+)?') then 'epoch'
        when kind = 'date_offset' then 'offset'
        when not regexp_full_match(bare, '\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?') then 'written' end]
    end) as rule
  from odd
)
select position, rule, count(*) as cells, left(min(cell), 80) as example, left(max(cell), 80) as other from named
where rule is not null
  and not exists (select 1 from raw.rejects r where r.file_key = $file_key and r.value = left(named.cell, 200) and r."column" is not null)
group by position, rule order by position, cells desc, rule;
