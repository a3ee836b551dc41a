-- Which words say that a cell holds nothing? The empty one is among them.
-- Columns: word.
select unnest(null_words()) as word;
