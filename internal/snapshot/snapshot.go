// Package snapshot says what a snapshot is – a result that was kept, with
// everything it depends on – and holds the logic that needs no database: its JSON,
// the file it travels in, which questions explain a change and how the change is
// shared out, the migration matrix, and the trend of a series.
//
// The idea: a number found on Friday is worth something on Monday only if it can
// be reopened as it was and its difference from Monday's can be explained. So a
// snapshot keeps the rows and the [Record]: the question, the settings in full, the
// hashes of the files, the versions of the programs.
//
// Guarantees: a record's JSON is written once, when it is saved, and is the same
// bytes ever after, also in another workspace. The parts of a change add up to it.
// A snapshot file that was cut or changed is refused.
//
// What it does not do: ask or store anything; that is for package workspace.
package snapshot

import (
	"encoding/json"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"worth/internal/i18n"
	"worth/internal/rfm"
	"worth/internal/tabular"
)

// Version is the version of records and of snapshot files. Later ones are not read.
const Version = 1

// Page names what was kept.
type Page string

// The pages that can be kept.
const (
	Overview  Page = "overview"
	Segments  Page = "segments"
	Customers Page = "customers" // the grid, as filtered and sorted
	Customer  Page = "customer"  // one row: the figures of one customer
	Referrals Page = "referrals"
	SQL       Page = "sql"
	Scenario  Page = "scenario" // worked out by the program, from the assumptions in its record
	Series    Page = "series"   // worked out by the program; it is compared but not asked again
)

// Pages are those that can be asked for by name, in the order of the program's.
var Pages = []Page{Overview, Segments, Customers, Customer, Referrals, SQL}

// Question is what a snapshot answers: a page with what was asked of it.
type Question struct {
	Page     Page   `json:"page"`
	Customer string `json:"customer,omitempty"` // customer_id, of Customer
	Segment  string `json:"segment,omitempty"`  // of Customers
	R        int    `json:"r,omitempty"`        // score, 0 for any
	F        int    `json:"f,omitempty"`        // score, 0 for any
	Filter   string `json:"filter,omitempty"`   // of Customers
	Sort     string `json:"sort,omitempty"`     // of Customers: a column's name
	Desc     bool   `json:"desc,omitempty"`
	SQL      string `json:"sql,omitempty"` // of SQL: the query as it was written
}

// Asks reports whether the database answers the question. Other pages are worked out
// by the program, among them those that a later program may name.
func (q Question) Asks() bool { return slices.Contains(Pages, q.Page) }

// Value is a value that was bound in the SQL of a snapshot, as text.
type Value struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// File is a file whose rows the answer rests on.
type File struct {
	Name   string `json:"name"` // without its folder
	SHA256 string `json:"sha256"`
	Kind   string `json:"kind"`
	Sheet  string `json:"sheet,omitempty"`
	Rows   int64  `json:"rows"`
	Kept   int64  `json:"kept"`
}

// Column is a column of the rows.
type Column struct {
	Name     string       `json:"name"`
	Kind     tabular.Kind `json:"kind"`
	Title    string       `json:"title,omitempty"`
	Unit     string       `json:"unit,omitempty"`
	Doc      string       `json:"doc,omitempty"`
	Personal bool         `json:"personal,omitempty"`
}

// Record is everything about a snapshot but its rows.
type Record struct {
	Version  int       `json:"version"`
	Name     string    `json:"name"`
	Note     string    `json:"note"`
	Page     Page      `json:"page"`
	SavedAt  time.Time `json:"saved_at"`
	Rows     int64     `json:"rows"`
	Question Question  `json:"question"`
	SQL      string    `json:"sql"`        // as it was sent
	Values   []Value   `json:"parameters"` // bound in it

	AsOf     string          `json:"as_of"` // ISO date, empty without data
	Basis    string          `json:"basis"`
	Window   int             `json:"window"` // months, 0: all history
	Currency string          `json:"currency"`
	Scheme   string          `json:"scheme"`
	Cuts     rfm.Cuts        `json:"cuts"`               // in force
	Model    json.RawMessage `json:"model"`              // purchase and spend model with their parameters
	Settings json.RawMessage `json:"settings"`           // all of them, as the workspace keeps them
	Scenario json.RawMessage `json:"scenario,omitempty"` // of what-if

	Files   []File   `json:"files"`
	Data    string   `json:"data"` // a print of the data: equal for equal data
	Program string   `json:"program"`
	DuckDB  string   `json:"duckdb"`
	Columns []Column `json:"columns"`
	Key     []string `json:"key"` // columns that tell rows apart; none for a single row
}

// Asks reports whether what the snapshot answers can be asked again of other data.
func (r *Record) Asks() bool {
	return r.Question.Asks() || r.Page == Scenario && len(r.Scenario) > 0
}

// Write returns the JSON of a record. It is made once; from then on the bytes are
// kept.
func (r *Record) Write() (string, error) {
	text, err := json.Marshal(r)
	if err != nil {
		return "", i18n.Errorf("the snapshot %q cannot be written down: %v", r.Name, err)
	}
	return string(text), nil
}

// Read reads the JSON of a record. Records of a later version are refused.
func Read(text string) (Record, error) {
	var r Record
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return r, i18n.Errorf("the description of a snapshot cannot be read: %v", err)
	}
	if r.Version > Version {
		return r, i18n.Errorf("the snapshot %q is of version %d and this program reads version %d; use a newer program", r.Name, r.Version, Version)
	}
	if r.Version < 1 || len(r.Columns) == 0 {
		return r, i18n.Errorf("the description of the snapshot %q is incomplete", r.Name)
	}
	return r, CheckName(r.Name)
}

// Tabular returns the columns as answers have them.
func (r *Record) Tabular() []tabular.Column {
	out := make([]tabular.Column, len(r.Columns))
	for i, c := range r.Columns {
		title := c.Title
		if title == "" {
			title = c.Name
		}
		out[i] = tabular.Column{Name: c.Name, Title: i18n.Text(title), Kind: c.Kind, Unit: c.Unit, Personal: c.Personal, Doc: i18n.Text(c.Doc)}
	}
	return out
}

// Describe returns columns as records keep them.
func Describe(columns []tabular.Column) []Column {
	out := make([]Column, len(columns))
	for i, c := range columns {
		out[i] = Column{Name: c.Name, Kind: c.Kind, Title: string(c.Title), Unit: c.Unit, Doc: string(c.Doc), Personal: c.Personal}
	}
	return out
}

// Now is no name of a snapshot: it stands for the question of another one, asked
// of the workspace as it is.
const Now = "now"

// CheckName returns what is wrong with the name of a snapshot.
func CheckName(name string) error {
	const most = 120
	switch {
	case strings.TrimSpace(name) == "":
		return i18n.Errorf("a snapshot needs a name")
	case strings.EqualFold(name, Now):
		return i18n.Errorf("%q stands for the workspace as it is; choose another name for the snapshot", name)
	case !utf8.ValidString(name) || strings.ContainsFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }):
		return i18n.Errorf("the name %q of a snapshot has characters that cannot be shown; choose another", tabular.Clean(name))
	case strings.TrimSpace(name) != name:
		return i18n.Errorf("the name %q of a snapshot begins or ends with a space; choose another", name)
	case utf8.RuneCountInString(name) > most:
		return i18n.Errorf("the name of a snapshot is longer than %d characters; choose a shorter one", most)
	}
	return nil
}
