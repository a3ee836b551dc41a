// Package queries carries the analytic SQL of worth: one question per file,
// readable by anyone who knows SQL and opened from any number in the program.
//
// Every file starts with a comment that states the question, the parameters
// with their units and the columns with theirs. Values arrive as $parameters.
// Two placeholders are filled in by package duck before a query runs:
//
//	{name}    an identifier, quoted: a file's column, a table, a function
//	{> name}  another query of this folder, or a part the caller chooses
//
// Nothing else is ever pasted into a query.
package queries

import "embed"

// Files holds every query under its path, such as "derive/customers.sql".
//
//go:embed *.sql */*.sql
var Files embed.FS
