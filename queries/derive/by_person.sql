-- A customer's segment was found for them alone.
left join temp.placed using (person_key)
