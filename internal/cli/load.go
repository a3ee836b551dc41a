package cli

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// load loads files into the workspace named and prints what became of them.
func (c *call) load(ctx context.Context) error {
	s, err := c.sources(c.args)
	switch {
	case err != nil:
		return err
	case len(s.files) == 0:
		return usage(i18n.Errorf("name the exports to load"))
	case s.workspace == "":
		return usage(i18n.Errorf("name the workspace to keep the data in, such as -w shop.worth.duckdb"))
	}
	return c.open(ctx, s, func(w *workspace.Workspace) error {
		report, err := c.read(ctx, w, s.files)
		if err != nil {
			return err
		}
		c.remembered(w.Path())
		return c.print(ctx, answer{name: "load", rows: tabular.NewSource(workspace.FileTable(report.Files)), object: report, text: loadText(report, false)})
	})
}

// check prints how files would be read. Nothing of them is kept.
func (c *call) check(ctx context.Context) error {
	s, err := c.sources(c.args)
	if err != nil {
		return err
	}
	if len(s.files) == 0 {
		return usage(i18n.Errorf("name the exports to check"))
	}
	s.workspace = "" // nothing is kept, so nothing is made
	return c.open(ctx, s, func(w *workspace.Workspace) error {
		report, err := w.Check(ctx, c.request(s.files), c.say.progress)
		if err != nil {
			return err
		}
		c.warn(report)
		return c.print(ctx, answer{name: "check", rows: tabular.NewSource(workspace.FileTable(report.Files)), object: report, text: loadText(report, true)})
	})
}

// cell returns what a pointer points to, or no value.
func cell[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}

// loadText returns the text of a report for people: every file, with the mapping
// of its columns if asked for, and the whole.
func loadText(report workspace.LoadReport, mapping bool) func(io.Writer) error {
	return func(out io.Writer) error {
		p := &printer{out: out}
		for _, f := range report.Files {
			p.file(f, mapping)
		}
		p.title(i18n.T("All files"))
		p.line(i18n.T("customers"), i18n.T("%d", report.Customers), "")
		p.line(i18n.T("orders"), i18n.T("%d", report.Orders), share(report.IdentityCoverageOrders, i18n.Text("%s name a customer")))
		p.line(i18n.T("net revenue"), money(report.NetRevenue), share(report.IdentityCoverageRevenue, i18n.Text("%s of known customers")))
		p.currencies(report.Currency, report.Currencies)
		return p.err
	}
}

// share returns a sentence about a share, or nothing when it is unknown.
func share(v *float64, wording i18n.Text) string {
	if v == nil {
		return ""
	}
	return i18n.T(string(wording), i18n.Percent(*v, 1))
}

// file prints what became of one file.
func (p *printer) file(f workspace.FileReport, mapping bool) {
	p.title(f.Title())
	p.line(i18n.T("read as"), fmt.Sprintf("%s · %s · %s", cmp.Or(f.Kind, "–"), f.Format, cmp.Or(f.Encoding, "–")), "")
	p.line(i18n.T("rows"), i18n.T("%d", f.Rows), i18n.T("%d kept, %d rejected", f.Kept, f.Rejected))
	if f.Credits+f.Excluded+f.Duplicates > 0 {
		p.line("", "", i18n.T("%d credit{s}, %d excluded by status, %d duplicate{s}", f.Credits, f.Excluded, f.Duplicates))
	}
	if f.DateMin != nil && f.DateMax != nil {
		p.line(i18n.T("dates"), *f.DateMin+" – "+*f.DateMax, "")
	}
	if f.NetRevenue.Unscaled != 0 {
		p.line(i18n.T("net revenue"), money(f.NetRevenue), "")
	}
	if mapping {
		p.mapping(f)
	}
}

// converted says what was done to cells, with examples.
func converted(c workspace.Conversion) string {
	if len(c.Examples) == 0 {
		return c.Text
	}
	shown := make([]string, len(c.Examples))
	for i, example := range c.Examples {
		shown[i] = strconv.Quote(example)
	}
	return c.Text + ": " + strings.Join(shown, ", ")
}

// mapping prints which column became what, and what nothing was made of.
func (p *printer) mapping(f workspace.FileReport) {
	for _, known := range f.Formats {
		note := i18n.T("another that fits; --map format=%s reads the file as it", known.Name)
		if known.Taken {
			note = i18n.T("--map format=none reads the columns by their names alone")
		}
		p.line(i18n.T("known export"), i18n.T("%s, %s of its columns", known.Title, i18n.Percent(known.Score, 0)), note)
	}
	for _, m := range f.Mapping {
		note := ""
		if !m.Sure {
			note = i18n.T("a guess; --map %s=… settles it", m.Field)
		}
		p.line(m.Field, "← "+m.Column, note)
	}
	for _, c := range f.Conversions {
		p.line(cmp.Or(c.Column, i18n.T("sheet")), i18n.T("%d cell{s}", c.Cells), converted(c))
	}
	if f.Looked > 0 {
		p.line("", "", i18n.T("cells were counted in the first %d row{s}", f.Looked))
	}
	if len(f.Unmapped) > 0 {
		p.line(i18n.T("not used"), strings.Join(f.Unmapped, ", "), "")
	}
	for _, q := range f.Questions {
		note := q.Reason
		if q.Needed {
			note = strings.TrimSuffix(note, ".") + " – " + i18n.T("needed, give --map %s=COLUMN", q.Field)
		}
		p.line(q.Field+" ?", strings.Join(q.Candidates, ", "), note)
	}
}
