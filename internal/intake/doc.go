// Package intake turns exports on disk into the canonical tables.
//
// The way of one file is: Expand the arguments into files, InspectAll a file
// (which tables, which encoding, which container, which dialect, which columns, a
// sample), Recognise its columns by name and by what the sample holds, and then
// load it. The first three look only at bytes and never touch the database; they
// end in verdicts (this column is the order date and is written day first) that
// the loading SQL applies to every row.
//
// What a column may be called is data. The files under formats describe the exports
// of platforms: which columns they have, what those mean, which statuses count, how
// net revenue follows from the amounts and what is odd about the rows. A file that
// has the must columns of a format is read by it; the format with the largest share
// of its columns in the file wins, and the second is told too. Files of no format go
// by the words under synonyms, in English, Chinese and some other languages. Adding
// an export is adding a file there, or one of the analyst's own: see Formats.With.
//
// Guarantees: a source file is never written to; bad input ends in a sentence
// that says what is wrong and where, never in a panic; nothing is guessed
// silently. A column that is not recognised with confidence becomes a Question,
// and every verdict carries the evidence for it.
//
// What is not UTF-8 text, workbooks and archives among it, comes through package
// decode, which makes UTF-8 text of it; InspectAll looks at the tables it finds.
// Plain UTF-8 text is read where it is.
package intake
