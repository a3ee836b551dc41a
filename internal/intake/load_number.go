package intake

import (
	"context"

	"worth/internal/duck"
)

// numberRows gives the rows their line numbers and, where they name no order, a
// key of their own. Rows that need nothing else are numbered after the load: to
// DuckDB, changing rows that are not committed yet is as costly as writing them.
func (l *loader) numberRows(ctx context.Context, r *FileReport, t table, f facts) error {
	var skipped int64
	if r.Source.Container == CSV {
		var err error
		if skipped, err = l.readerRejects(ctx, r); err != nil {
			return err
		}
		r.Rows += skipped
	}
	if t == ordersTable && skipped == 0 && f.keyless == 0 && f.rejected == 0 {
		l.report.unnumbered = append(l.report.unnumbered, numbering{r.Key, firstRecord(r.Source)})
		return nil
	}
	if err := numberRows(ctx, l.tx, t, numbering{r.Key, firstRecord(r.Source)}); err != nil {
		return err
	}
	if skipped > 0 {
		if err := l.exec(ctx, duck.Call{Name: "load/shift", Args: duck.Args{"file_key": r.Key}, Idents: t.idents()}); err != nil {
			return err
		}
	}
	if f.keyless == 0 {
		return nil
	}
	return l.exec(ctx, duck.Call{Name: "load/own_keys", Args: duck.Args{"file_key": r.Key}, Idents: t.idents()})
}

// numbering is a file whose orders lack their line numbers.
type numbering struct {
	file  int32
	first int64 // number of its first row
}

// leftUnnumbered takes over the files of loads that ended before their orders had
// numbers.
func (l *loader) leftUnnumbered(ctx context.Context) error {
	res, err := l.tx.Query(ctx, duck.Call{Name: "load/unnumbered"})
	if err != nil {
		return err
	}
	for _, row := range res.Rows {
		file, _ := row[0].(int64)
		first, _ := row[1].(int64)
		l.report.unnumbered = append(l.report.unnumbered, numbering{int32(file), first}) //nolint:gosec // file keys are small
	}
	return nil
}

// Number gives the orders of a load the line numbers they still lack. It runs in a
// transaction of its own after that of Load; should it not come to that, the numbers
// follow with the next load.
func (r *Report) Number(ctx context.Context, tx *duck.Tx) error {
	for _, n := range r.unnumbered {
		if err := numberRows(ctx, tx, ordersTable, n); err != nil {
			return err
		}
	}
	r.unnumbered = nil
	return nil
}

// numberRows numbers the rows of a file. That the first of them is looked up before
// makes it a fifth faster.
func numberRows(ctx context.Context, tx *duck.Tx, t table, n numbering) error {
	res, err := tx.Query(ctx, duck.Call{Name: "load/first_row", Args: duck.Args{"file_key": n.file}, Idents: t.idents()})
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, duck.Call{
		Name: "load/number", Args: duck.Args{"file_key": n.file, "row": res.Rows[0][0], "first": n.first}, Idents: t.idents(),
	})
	return err
}
