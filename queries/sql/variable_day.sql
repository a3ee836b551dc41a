-- Set what a parameter of an analyst's query stands for: a day.
-- {name}: its name; $value: a moment of the day.
set variable {name} = $value::date;
