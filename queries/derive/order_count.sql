-- How many orders does a person have? As many as there are.
orders
