package workspace

import (
	"context"
	"encoding/json"
	"path/filepath"
	"strconv"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/snapshot"
	"worth/internal/tabular"
)

// SnapshotRequest says what to keep, and under which name.
type SnapshotRequest struct {
	Name     string
	Note     string
	Question snapshot.Question
	Program  string // version of the program

	// Table is the answer of a page that the program works out itself (Scenario,
	// Series), Key the columns that tell its rows apart, and Scenario the JSON of the
	// assumptions behind it. Other pages leave them empty.
	Table    *tabular.Table
	Key      []string
	Scenario json.RawMessage
}

// undoDays is how long a snapshot that was taken away can be brought back.
const undoDays = 30

// SaveSnapshot keeps the answer to a question, under the settings in force, with
// everything it depends on, as one transaction. It returns the record kept. Progress
// hears whom it waits for; it may be nil.
//
// It is an error when the name is taken, and a *NoAnswerError when the data cannot
// answer. A query of SQL can read the workspace and nothing else.
func (w *Workspace) SaveSnapshot(ctx context.Context, req SnapshotRequest, progress func(Progress)) (snapshot.Record, error) {
	var r snapshot.Record
	if err := w.mayKeep(ctx, req); err != nil {
		return r, err
	}
	err := w.write(ctx, waitingFor(progress), func(ctx context.Context, tx *duck.Tx) error {
		if err := expire(ctx, tx); err != nil {
			return err
		}
		if err := nameFree(ctx, tx, req.Name); err != nil {
			return err
		}
		state, err := standing(ctx, tx)
		if err != nil {
			return err
		}
		r, err = state.keepSnapshot(ctx, tx, req)
		return err
	})
	return r, err
}

// mayKeep returns why a snapshot cannot be kept.
func (w *Workspace) mayKeep(ctx context.Context, req SnapshotRequest) error {
	if err := snapshot.CheckName(req.Name); err != nil {
		return err
	}
	if !req.Question.Asks() {
		if req.Table == nil || len(req.Table.Columns) == 0 {
			return i18n.Errorf("there are no rows to keep of the page %s", string(req.Question.Page))
		}
		return nil
	}
	need := map[snapshot.Page]needs{snapshot.Overview: countedOrders, snapshot.Segments: scores}[req.Question.Page]
	if err := w.answerable(ctx, need); err != nil {
		return err
	}
	switch req.Question.Page {
	case snapshot.Customer:
		_, err := w.Customer(ctx, req.Question.Customer)
		return err
	case snapshot.Customers:
		_, err := w.where(View{Segment: req.Question.Segment, Filter: req.Question.Filter})
		return err
	case snapshot.Referrals:
		return w.referable(ctx)
	case snapshot.SQL:
		return w.vet(ctx, req.Question.SQL)
	case snapshot.Overview, snapshot.Segments, snapshot.Scenario, snapshot.Series:
	}
	return nil
}

// standing reads what the derived tables stand for, which another program may have
// changed since they were opened.
func standing(ctx context.Context, q duck.Runner) (derived, error) {
	var s derived
	res, err := q.Query(ctx, duck.Call{Name: "ask/settings"})
	if err != nil {
		return s, err
	}
	text, _ := res.Rows[0][0].(string)
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return s, i18n.Errorf("the settings of the analysis cannot be read: %v", err)
	}
	return s, nil
}

// keepSnapshot keeps rows and record.
func (s derived) keepSnapshot(ctx context.Context, tx *duck.Tx, req SnapshotRequest) (snapshot.Record, error) {
	r, err := s.recordOf(req.Question)
	if err != nil {
		return r, err
	}
	r.Name, r.Note, r.Program, r.SavedAt = req.Name, req.Note, req.Program, time.Now().UTC().Truncate(time.Second)
	if err := sources(ctx, tx, &r); err != nil {
		return r, err
	}
	key, err := nextKey(ctx, tx)
	if err != nil {
		return r, err
	}
	if req.Question.Asks() {
		err = s.keepAnswer(ctx, tx, key, &r)
	} else {
		err = keepTable(ctx, tx, key, &r, req)
	}
	if err != nil {
		return r, err
	}
	return r, enter(ctx, tx, key, &r)
}

// keepAnswer asks the question of a record and keeps the rows.
func (s derived) keepAnswer(ctx context.Context, tx *duck.Tx, key int64, r *snapshot.Record) error {
	a, err := s.asked(r.Question)
	if err != nil {
		return err
	}
	if err := tx.Set(ctx, a.variables); err != nil {
		return err
	}
	if err := take(ctx, tx, tableOf(key), a.call); err != nil {
		return err
	}
	if a.members != nil {
		if err := take(ctx, tx, membersOf(key), *a.members); err != nil {
			return err
		}
	}
	if a.columns == nil {
		shape, err := tx.Query(ctx, duck.Call{Name: "snapshot/shape", Idents: duck.Idents{"table": tableOf(key)}})
		if err != nil {
			return err
		}
		a.columns = columnsOf(shape.Names, shape.Types)
		a.key = likelyKey(a.columns)
	}
	r.Columns, r.SQL, r.Values = snapshot.Describe(a.columns), a.sql, textValues(a.values)
	r.Key = append(r.Key, a.key...)
	return nil
}

// likelyKey takes the texts and days before the first number for what tells rows
// apart, and the first column when it is a number.
func likelyKey(columns []tabular.Column) []string {
	var key []string
	for _, c := range columns {
		if c.Kind.Numeric() {
			break
		}
		key = append(key, c.Name)
	}
	if len(key) == 0 && len(columns) > 1 {
		key = []string{columns[0].Name}
	}
	return key
}

func take(ctx context.Context, tx *duck.Tx, table string, answer duck.Call) error {
	_, err := tx.Exec(ctx, duck.Call{
		Name: "snapshot/take", Idents: duck.Idents{"schema": "saved", "table": table}, Parts: map[string]duck.Call{"answer": answer},
	})
	return err
}

// enter counts the rows of a snapshot and notes it.
func enter(ctx context.Context, tx *duck.Tx, key int64, r *snapshot.Record) error {
	count, err := tx.Query(ctx, duck.Call{Name: "snapshot/count", Idents: duck.Idents{"table": tableOf(key)}})
	if err != nil {
		return err
	}
	r.Rows, _ = count.Rows[0][0].(int64)
	text, err := r.Write()
	if err != nil {
		return err
	}
	return note(ctx, tx, key, r, text)
}

// note notes a snapshot whose rows are kept.
func note(ctx context.Context, tx *duck.Tx, key int64, r *snapshot.Record, text string) error {
	_, err := tx.Exec(ctx, duck.Call{Name: "snapshot/record", Args: duck.Args{
		"key": key, "name": r.Name, "note": r.Note, "page": string(r.Page), "rows": r.Rows, "saved_at": r.SavedAt, "record": text,
	}})
	return err
}

// sources notes which data and program an answer rests on.
func sources(ctx context.Context, q duck.Runner, r *snapshot.Record) error {
	files, err := q.Query(ctx, duck.Call{Name: "snapshot/files"})
	if err != nil {
		return err
	}
	for _, f := range rowsOf(files) {
		r.Files = append(r.Files, snapshot.File{
			Name: filepath.Base(f.text("path")), SHA256: f.text("sha256"), Kind: f.text("kind"), Sheet: f.text("sheet"),
			Rows: f.whole("rows"), Kept: f.whole("kept"),
		})
	}
	if r.Data, err = dataPrint(ctx, q); err != nil {
		return err
	}
	version, err := q.Query(ctx, duck.Call{Name: "snapshot/version"})
	if err != nil {
		return err
	}
	r.DuckDB, _ = version.Rows[0][0].(string)
	return nil
}

func dataPrint(ctx context.Context, q duck.Runner) (string, error) {
	res, err := q.Query(ctx, duck.Call{Name: "snapshot/data"})
	if err != nil {
		return "", err
	}
	text, _ := res.Rows[0][0].(string)
	return text, nil
}

func nextKey(ctx context.Context, tx *duck.Tx) (int64, error) {
	res, err := tx.Query(ctx, duck.Call{Name: "snapshot/next"})
	if err != nil {
		return 0, err
	}
	return rowsOf(res)[0].whole("key"), nil
}

// tableOf names the table of a snapshot's rows in the schema saved, membersOf that
// of who is in which segment.
func tableOf(key int64) string   { return "snapshot_" + strconv.FormatInt(key, 10) }
func membersOf(key int64) string { return tableOf(key) + "_members" }

// isoOf writes a day as ISO date.
func isoOf[T time.Time | duck.Day](day T) string { return time.Time(day).Format(time.DateOnly) }
