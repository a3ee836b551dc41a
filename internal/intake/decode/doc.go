// Package decode turns the bytes of an export into UTF-8 text that a reader of
// delimited text understands, before any database sees the file.
//
// Open looks at a file and answers with its members: the file itself, every data
// file inside a .zip, the sheets of a workbook that hold data. Each member says
// which encoding its text is in, how sure that is and why, and what was left
// aside. A member that is Plain needs nothing done: UTF-8 text, gzip-compressed
// or not, and formats this package does not touch (Parquet) go to their reader
// as they are. Every other member is streamed as UTF-8 by WriteUTF8, a workbook
// sheet as comma-separated text.
//
// Guarantees: a source is never written to. Memory does not grow with a text
// file; a workbook needs its shared strings in memory or in Options.TempDir. What
// cannot be decoded is an error or a replacement character that is counted and
// located, never dropped. A formula is data: its stored result is read and
// nothing is evaluated. Archives have limits on size and ratio, names inside them
// are labels and never paths, archives within archives are refused. A file that
// changes while it is read is noticed.
//
// What it does not do: find delimiters, headers or the meaning of columns. That
// is the caller's business, on the UTF-8 text. Only the beginning and samples of
// a large plain file are looked at, so a first foreign byte in between is met,
// and refused, by its reader.
package decode
