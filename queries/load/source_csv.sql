-- The rows of a delimited text file, columns c1, c2, …, as text unless said
-- $path; $delim, $quote, $escape; $header: whether the first record names the
-- columns; $skip: physical lines before it; $columns: {"c1":"VARCHAR",…};
-- $shape: the same with every type a VARCHAR;
-- $compression: gzip or uncompressed; $strict: false when line ends are mixed;
-- $buffer: bytes that one thread reads at a time; see bufferBytes;
-- {nulls}: the macro that lists what a cell says that holds nothing.
(select *, null::varchar as column_not_there
 from read_csv($path, auto_detect = false, delim = $delim, quote = $quote, escape = $escape, header = $header, skip = $skip,
   compression = $compression, strict_mode = $strict, columns = from_json($columns, $shape), nullstr = {nulls}(), store_rejects = true,
   buffer_size = $buffer))
