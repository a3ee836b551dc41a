package workspace

import (
	"context"

	"worth/internal/duck"
	"worth/internal/intake"
)

// Reject is a row that could not be used.
type Reject struct {
	Line   int64  `json:"line"`   // record of the file, a header being 1
	Column string `json:"column"` // the cell to blame; empty for the whole row
	Value  string `json:"value"`  // what the cell holds; empty for the whole row
	Reason string `json:"reason"`
}

// firstRejects gives every file of which rows were rejected its first one, so that
// whoever loads it sees what is wrong with them without asking.
func (w *Workspace) firstRejects(ctx context.Context, files []*intake.FileReport, reports []FileReport) error {
	byKey := map[int64]*FileReport{}
	from := int32(0)
	for i, f := range files {
		if f.Key == 0 || f.Rejected == 0 {
			continue
		}
		byKey[int64(f.Key)] = &reports[i]
		if from == 0 || f.Key < from {
			from = f.Key
		}
	}
	if len(byKey) == 0 {
		return nil
	}
	rows, err := w.ask(ctx, duck.Call{Name: "ask/first_rejects", Args: duck.Args{"from": from}})
	if err != nil {
		return err
	}
	for _, r := range rows {
		report := byKey[r.whole("file_key")]
		if report == nil {
			continue
		}
		report.FirstReject = &Reject{Line: r.whole("line"), Column: r.text("column"), Reason: r.text("reason")}
		if report.FirstReject.Column != "" {
			report.FirstReject.Value = r.text("value")
		}
	}
	return nil
}
