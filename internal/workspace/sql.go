package workspace

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/sqltext"
	"worth/internal/tabular"
)

// The most that is kept of a result. Wide results are cut earlier, so that any fits
// into memory and onto the disk.
const (
	maxResultRows  = 10_000_000
	maxResultCells = 100_000_000
)

// SQLProgress is how far a query is. DuckDB does not know it of every query.
type SQLProgress struct {
	Share float64 // of the work, 0–1
	Rows  int64   // rows of tables read so far
}

// SQLResult is the answer to a query an analyst wrote, kept until it is closed or
// the workspace is written to. Its methods may be called concurrently.
type SQLResult struct {
	Statement string        // as it was given
	Took      time.Duration // from the start to the last row
	Truncated bool          // the query has more rows than were kept
	Columns   []tabular.Column

	w     *Workspace
	view  string // scratch table of the sandbox; empty: table holds the rows
	epoch int    // of that sandbox
	n     int
	table *tabular.Table
}

// Len returns the number of rows that were kept.
func (r *SQLResult) Len() int { return r.n }

// RunSQL runs one query an analyst wrote. It can read the workspace and nothing
// else: no files, no networks, no settings, and it changes nothing. The parameters
// it names are bound from the settings in force (Parameters) and from its own
// comments (OwnParameters). Tell is called from another goroutine; it may be nil.
//
// The error says where the query is wrong, or what it may not do.
func (w *Workspace) RunSQL(ctx context.Context, statement string, tell func(SQLProgress)) (*SQLResult, error) {
	if err := harmless(statement); err != nil {
		return nil, err
	}
	text, variables, err := w.bound(statement)
	if err != nil {
		return nil, err
	}
	r := &SQLResult{w: w, Statement: statement}
	start := time.Now()
	err = w.within(ctx, func(ctx context.Context, box *duck.Sandbox, epoch int) error {
		kind, columns, err := box.Check(ctx, statement)
		switch {
		case kind == duck.Writes || err != nil && copies(statement):
			return errReadOnly{}
		case err != nil:
			return err
		case kind == duck.Explains:
			return r.explained(ctx, box, text, variables)
		}
		r.view, r.epoch = "sql_"+strconv.FormatInt(w.views.Add(1), 10), epoch
		return r.keep(ctx, box, text, variables, columns, tell)
	})
	if err != nil {
		return nil, shutOff(err)
	}
	r.Took = time.Since(start)
	return r, nil
}

// keep runs the query and describes what was kept. It keeps one row more than a
// result may have, to tell whether there are more.
func (r *SQLResult) keep(ctx context.Context, box *duck.Sandbox, text string, variables duck.Args, columns int, tell func(SQLProgress)) error {
	limit := min(maxResultRows, max(maxResultCells/max(columns, 1), 1))
	report := func(d duck.Done) {
		if tell != nil {
			tell(SQLProgress(d))
		}
	}
	c := duck.Call{Name: "sql/keep", Idents: duck.Idents{"view": r.view}, Args: duck.Args{"statement": text, "limit": limit + 1}}
	if err := box.Keep(ctx, c, variables, report); err != nil {
		return err
	}
	count, err := box.Query(ctx, duck.Call{Name: "grid/count", Idents: duck.Idents{"view": r.view}})
	if err != nil {
		return err
	}
	n, _ := count.Rows[0][0].(int64)
	r.n, r.Truncated = min(int(n), limit), int(n) > limit
	shape, err := box.Query(ctx, duck.Call{Name: "sql/shape", Idents: duck.Idents{"view": r.view}})
	if err != nil {
		return err
	}
	r.Columns = columnsOf(shape.Names, shape.Types)
	return nil
}

// explained holds what an EXPLAIN the analyst wrote answers, a row for every line.
func (r *SQLResult) explained(ctx context.Context, box *duck.Sandbox, text string, variables duck.Args) error {
	res, err := box.Explain(ctx, text, variables)
	if err != nil {
		return err
	}
	r.Columns = []tabular.Column{{Name: "plan", Title: "plan"}}
	r.table = &tabular.Table{Columns: r.Columns}
	for _, row := range res.Rows {
		plan, _ := row[len(row)-1].(string)
		for line := range strings.Lines(plan) {
			r.table.Rows = append(r.table.Rows, []any{strings.TrimRight(line, "\r\n")})
		}
	}
	r.n = len(r.table.Rows)
	return nil
}

// errReadOnly says that a statement would change something.
type errReadOnly struct{}

func (errReadOnly) Error() string {
	return i18n.T("this statement changes something, and queries here only read; to change the workspace, turn writing on or use worth sql --write")
}

// copies reports whether a statement begins with COPY, which cannot even be looked
// at without the files it names.
func copies(statement string) bool { return sqltext.First(statement) == "copy" }

// Changes reports whether a statement is one of those that change data, to be run
// by WriteSQL; what it is not, RunSQL and SQL can run or explain why not.
func Changes(statement string) bool {
	return slices.Contains([]string{"insert", "update", "delete", "create", "drop", "alter", "copy"}, sqltext.First(statement))
}

// IsWrite reports whether an error of RunSQL says that the statement would change
// something, which WriteSQL may do.
func IsWrite(err error) bool {
	var readOnly errReadOnly
	return errors.As(err, &readOnly)
}

// refusedCalls are the functions a query may not call although they read like
// others: they change how the database behaves for those after it, take a query as
// a text that nobody has looked at, or read memory.
var refusedCalls = []string{
	"enable_logging", "disable_logging", "truncate_duckdb_logs", "write_log", "enable_profiling", "disable_profiling",
	"enable_peg_parser", "disable_peg_parser", "checkpoint", "force_checkpoint", "query", "json_execute_serialized_sql",
	"arrow_scan", "arrow_scan_dumb", "which_secret", "duckdb_secrets",
}

// harmless refuses what a query may not call.
func harmless(statement string) error {
	for _, name := range sqltext.Calls(statement) {
		if slices.Contains(refusedCalls, name) {
			return i18n.Errorf("the function %s cannot be called here; queries read the workspace and nothing else", name)
		}
	}
	return nil
}

// shutOff says in the program's words that a query wanted to leave the workspace.
func shutOff(err error) error {
	var e *duck.Error
	if errors.As(err, &e) && strings.Contains(e.Message, "disabled by configuration") {
		line, _, _ := strings.Cut(e.Message, "\n")
		return i18n.Errorf("queries read the workspace and nothing else, neither files nor networks; load the file to use it (%s)", line)
	}
	return err
}

// SQL runs a query an analyst wrote, read-only. head is called once with the
// columns before the first row, also when there are no rows; visit gets every
// row in a slice that is reused. Its parameters are bound as RunSQL does it. From
// the first call on the database is shut off from files and networks until the
// workspace is written to or opened again; a workspace in memory can then load no
// more files.
func (w *Workspace) SQL(ctx context.Context, statement string, visit func([]any) error, head func([]tabular.Column) error) error {
	if err := harmless(statement); err != nil {
		return err
	}
	text, variables, err := w.bound(statement)
	if err != nil {
		return err
	}
	if err := w.db.Lock(ctx); err != nil {
		return err
	}
	err = w.db.UserWith(ctx, text, variables, func(names, types []string) error {
		return head(columnsOf(names, types))
	}, visit)
	if errors.Is(err, duck.ErrWrites) || err != nil && Changes(statement) {
		return errReadOnly{}
	}
	return shutOff(err)
}

// WriteSQL runs one statement an analyst wrote that changes the workspace, and
// rebuilds the analysis from what it leaves, as one transaction: when the statement
// or the analysis fails, nothing has changed. It returns the number of rows
// changed. Unlike a query it may read and write files.
func (w *Workspace) WriteSQL(ctx context.Context, statement string, progress func(Progress)) (changed int64, err error) {
	text, variables, err := w.bound(statement)
	if err != nil {
		return 0, err
	}
	var out derived
	set := w.Settings()
	err = w.write(ctx, waitingFor(progress), func(ctx context.Context, tx *duck.Tx) error {
		if changed, err = tx.Change(ctx, text, variables); err != nil {
			return err
		}
		if out, err = w.rebuild(ctx, tx, set, progress, 0); err != nil {
			return i18n.Errorf("nothing was changed, because the analysis cannot be made of what would be left: %v", err)
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	w.adopt(set, out)
	return changed, nil
}
