// Package intake turns exports on disk into the canonical tables.
//
// The way of one file is: Expand the arguments into files, Inspect a file
// (which container, which dialect, which columns, a sample), Recognise its
// columns by name and by what the sample holds, and then load it. The first
// three look only at bytes and never touch the database; they end in verdicts
// (this column is the order date and is written day first) that the loading SQL
// applies to every row.
//
// What a column may be called is data: the files under synonyms hold the names
// in English, Chinese and some other languages, the words of order statuses, and
// what each amount includes. Adding a format is adding words there.
//
// Guarantees: a source file is never written to; bad input ends in a sentence
// that says what is wrong and where, never in a panic; nothing is guessed
// silently. A column that is not recognised with confidence becomes a Question,
// and every verdict carries the evidence for it.
//
// What it does not do: read workbooks, or text in other encodings than UTF-8.
// Such files are refused with advice.
package intake
