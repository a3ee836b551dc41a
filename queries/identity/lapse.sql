-- Which keys join ids no longer, or again, without anybody having said so?
update core.merges as m
set state = case when m.state = 'made' then 'lapsed' else 'made' end, undone_at = case when m.state = 'made' then now()::timestamp end
where m.key is not null and m.state in ('made', 'lapsed') and (m.state = 'made') <> (m.key in (select key from temp.identity_shared));
