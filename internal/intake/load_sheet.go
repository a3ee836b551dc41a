package intake

import (
	"context"

	"worth/internal/duck"
	"worth/internal/intake/decode"
)

// numbered are the tables that say on which line of a file a row stands.
var numbered = []table{
	{"raw", "rejects"},
	{"core", "orders"},
	{"core", "order_lines"},
	{"core", "persons"},
	{"core", "accounts"},
	{"core", "products"},
	{"core", "refunds"},
	{"core", "referrals"},
	{"core", "interactions"},
	{"core", "spend"},
	{"core", "campaigns"},
	{"core", "campaign_members"},
}

// sheetRows turns the lines of workbooks from records into the rows that the sheets
// number themselves, where these differ.
func (l *loader) sheetRows(ctx context.Context) error {
	for _, r := range l.report.Files {
		s := r.Source
		if r.Key == 0 || s.Sheet == "" || len(s.gaps) == 0 && s.SkipLines == 0 {
			continue
		}
		if err := l.report.Number(ctx, l.tx); err != nil {
			return err
		}
		gaps := s.gaps
		if len(gaps) == 0 || gaps[0].Record > 1 {
			gaps = append([]decode.Gap{{Record: 1, Row: 1}}, gaps...)
		}
		records, rows := make([]int64, len(gaps)), make([]int64, len(gaps))
		for i, g := range gaps {
			records[i], rows[i] = g.Record, g.Row
		}
		for _, t := range numbered {
			err := l.exec(ctx, duck.Call{
				Name: "load/sheet_rows", Idents: t.idents(),
				Args: duck.Args{"file_key": r.Key, "skip": s.SkipLines, "records": records, "rows": rows},
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
