-- Set what a parameter of an analyst's query stands for.
-- {name}: its name; $value.
set variable {name} = $value;
