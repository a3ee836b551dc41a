package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"worth/internal/tabular"
)

// inMemory opens a workspace in memory.
func inMemory(t testing.TB) *Workspace {
	t.Helper()
	return open(t, "", Options{Threads: 2})
}

// open opens a workspace and closes it with the test.
func open(t testing.TB, path string, o Options) *Workspace {
	t.Helper()
	w, err := Open(context.Background(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w
}

// file writes an export and returns its path.
func file(t testing.TB, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// spare reports whether the ith of many like cases may be left out: under -short, with
// which the race detector runs, every fourth stands for the others.
func spare(i int) bool { return testing.Short() && i%4 != 0 }

// table joins rows of comma-separated cells to a file's text.
func table(rows ...string) string { return strings.Join(rows, "\n") + "\n" }

// load loads files that must load.
func load(t testing.TB, w *Workspace, sources ...string) LoadReport {
	t.Helper()
	return loadAs(t, w, LoadRequest{Sources: sources})
}

func loadAs(t testing.TB, w *Workspace, req LoadRequest) LoadReport {
	t.Helper()
	report, err := w.Load(context.Background(), req, nil)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// loaded returns a workspace in memory that holds one file of the text.
func loaded(t testing.TB, rows ...string) *Workspace {
	t.Helper()
	w := inMemory(t)
	load(t, w, file(t, "orders.csv", table(rows...)))
	return w
}

// apply makes settings that must be possible.
func apply(t testing.TB, w *Workspace, s Settings) {
	t.Helper()
	if err := w.Apply(context.Background(), s, nil); err != nil {
		t.Fatal(err)
	}
}

func overview(t testing.TB, w *Workspace) Overview {
	t.Helper()
	o, err := w.Overview(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// rows answers a query with its cells as text, joined by bars.
func rows(t testing.TB, w *Workspace, sql string) []string {
	t.Helper()
	var out []string
	var kinds []tabular.Column
	err := w.db.User(context.Background(), sql, func(names, types []string) error {
		kinds = columnsOf(names, types)
		return nil
	}, func(row []any) error {
		cells := make([]string, len(row))
		for i, c := range row {
			cells[i] = tabular.Plain(c, kinds[i].Kind)
		}
		out = append(out, strings.Join(cells, "|"))
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return out
}

// expect compares the rows of a query.
func expect(t testing.TB, w *Workspace, sql string, want ...string) {
	t.Helper()
	if got := rows(t, w, sql); strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%s\ngot:\n  %s\nwant:\n  %s", sql, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// contents returns everything a workspace holds, as text that two workspaces with
// the same content share.
func contents(t testing.TB, w *Workspace) string {
	t.Helper()
	var out strings.Builder
	for _, name := range rows(t, w, `select schema_name || '.' || table_name from duckdb_tables()
		where database_name = current_database() and schema_name in ('core', 'raw', 'saved', 'derived') order by 1`) {
		columns := "*"
		switch name {
		case "raw.files":
			columns = "* exclude (loaded_at)"
		case "derived.settings":
			columns = "* exclude (derived_at)"
		}
		fmt.Fprintf(&out, "%s\n%s\n", name, strings.Join(rows(t, w, "select "+columns+" from "+name+" order by all"), "\n"))
	}
	return out.String()
}

// customersJSON writes the customers grid down, every cell exactly.
func customersJSON(t testing.TB, w *Workspace) string {
	t.Helper()
	r, err := w.Customers(context.Background(), View{})
	if err != nil {
		t.Fatal(err)
	}
	page, err := r.Page(context.Background(), 0, r.Len())
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(page)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// customer returns the named cells of one customer.
func customer(t testing.TB, w *Workspace, id string, columns ...string) string {
	t.Helper()
	c, err := w.Customer(context.Background(), id)
	if err != nil {
		t.Fatal(err)
	}
	cells := make([]string, len(columns))
	for i, name := range columns {
		at := c.Fields.Index(name)
		cells[i] = tabular.Plain(c.Fields.Rows[0][at], c.Fields.Columns[at].Kind)
	}
	return strings.Join(cells, "|")
}

func day(t testing.TB, iso string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, iso)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
