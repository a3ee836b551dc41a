-- What is a customer worth before word of mouth, as the settings read it?
coalesce(case (select settings ->> '$.settings.referrals.own' from derived.settings)
  when 'predicted' then predicted
  when 'total' then coalesce(historic, 0) + coalesce(predicted, 0)
  else historic end, 0)
