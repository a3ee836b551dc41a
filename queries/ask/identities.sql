-- By which keys is a customer known?
-- $person_key. Columns: kind, value, source: the file that first showed the key.
select i.kind, i.value, f.path as source from core.identities i left join raw.files f on f.file_key = i.source
where i.person_key = $person_key order by i.kind, i.value;
