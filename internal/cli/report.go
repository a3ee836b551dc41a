package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// topCustomers is how many customers a report lists unless told otherwise, and
// mostListed how many it lists at most: it is for reading.
const (
	topCustomers = 25
	mostListed   = 2000
)

// reportFlags defines the flags of the verb report.
func reportFlags(o *options, flags *pflag.FlagSet) {
	o.top = topCustomers
	flags.Func("top", i18n.T("customers to list, the best first"), func(s string) (err error) {
		o.top, err = parseCount(s, 1, mostListed)
		return err
	})
}

// report writes the pages as one HTML file.
func (c *call) report(ctx context.Context) error {
	name := strings.ToLower(c.opts.output)
	switch {
	case c.opts.format != "":
		return usage(i18n.Errorf("worth report writes HTML; leave --format out, or ask another verb for %s", string(c.opts.format)))
	case name == "" && c.env.OutIsTerminal:
		return usage(i18n.Errorf("name the file of the report: worth report SRC… -o report.html"))
	case name != "" && name != "-" && !strings.HasSuffix(name, ".html") && !strings.HasSuffix(name, ".htm"):
		return usage(i18n.Errorf("%s: a report is HTML; name a file that ends in .html", c.opts.output))
	}
	return c.use(ctx, c.args, func(w *workspace.Workspace) error {
		if err := c.revealed(ctx, w, "report"); err != nil {
			return err
		}
		d, err := c.document(ctx, w)
		if err != nil {
			return err
		}
		c.say.clear()
		return c.writeReport(d)
	})
}

// writeReport writes a document to the place asked for.
func (c *call) writeReport(d report.Document) error {
	if c.opts.output != "" && c.opts.output != "-" {
		return report.Atomic(c.opts.output, true, func(out io.Writer) error { return report.WriteHTML(out, d) })
	}
	out := bufio.NewWriter(c.env.Stdout)
	if err := report.WriteHTML(out, d); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return i18n.Errorf("stdout cannot be written: %v", err)
	}
	return nil
}

// document asks for every page. What the data cannot answer says so in its place;
// without a counted order there is no report.
func (c *call) document(ctx context.Context, w *workspace.Workspace) (report.Document, error) {
	h, err := w.Header(ctx)
	if err != nil {
		return report.Document{}, err
	}
	d := report.Document{
		Title:    i18n.T("What the customers are worth"),
		Language: i18n.Languages[0],
		Carried:  carried(h, w.Settings()),
		Made:     i18n.T("Made by worth %s on %s.", c.env.Version, time.Now().Format(time.DateOnly)),
		Privacy:  i18n.T("Names, phones, e-mail addresses and postal addresses are masked or left out."),
	}
	if w.Path() != "" {
		d.Title = i18n.T("What the customers of %s are worth", h.Name)
	}
	if c.opts.reveal {
		d.Privacy = i18n.T("This report shows personal data: keep it as you keep the files it was made from.")
	}
	pages := []struct {
		id, title string
		ask       func(context.Context, *workspace.Workspace, *report.Section) error
	}{
		{"overview", i18n.T("Overview"), reportOverview},
		{"segments", i18n.T("Segments"), reportSegments},
		{"customers", i18n.T("Customers"), c.reportCustomers},
		{"value", i18n.T("Customer value"), reportValue},
		{"referrals", i18n.T("Referrals"), c.reportReferrals},
		{"channels", i18n.T("Channels and campaigns"), reportChannels},
		{"quality", i18n.T("Data quality"), reportQuality},
		{"settings", i18n.T("Settings and definitions"), reportSettings},
	}
	for i, p := range pages {
		c.say.progress(workspace.Progress{Step: p.title, Share: float64(i) / float64(len(pages))})
		section := report.Section{ID: p.id, Title: p.title}
		err := p.ask(ctx, w, &section)
		var none *workspace.NoAnswerError
		if errors.As(err, &none) && i > 0 { // the overview answers whenever anything can
			section.Lead, err = none.Error(), nil
		}
		if err != nil {
			return d, err
		}
		d.Sections = append(d.Sections, section)
	}
	return d, nil
}

// carried returns the settings that every number of a report carries.
func carried(h workspace.Header, set workspace.Settings) []string {
	parts := []string{
		i18n.T("as of %s", h.AsOf.Format(time.DateOnly)),
		strings.TrimSpace(workspace.BasisText(h.Basis) + " " + h.Currency),
		h.Scheme,
	}
	if h.Window > 0 {
		parts = append(parts, i18n.T("window %d month{s}", h.Window))
	}
	for _, s := range set.Words() {
		if slices.Contains([]string{i18n.T("horizon"), i18n.T("discount"), i18n.T("model")}, s.Name) {
			parts = append(parts, s.Name+" "+s.Value)
		}
	}
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}

// reportCustomers lists the best customers.
func (c *call) reportCustomers(ctx context.Context, w *workspace.Workspace, s *report.Section) (err error) {
	rows, err := w.Customers(ctx, workspace.View{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	best, err := rows.Page(ctx, 0, c.opts.top)
	if err != nil {
		return err
	}
	table := shownColumns(&tabular.Table{Columns: rows.Columns(), Rows: best}, []string{
		"customer_id", "segment", "last_order", "orders", "net_revenue", "aov", "r", "f", "m", "p_alive", "expected_orders", "clv", "clv_low", "clv_high",
	})
	if c.opts.reveal {
		if table, err = withNames(ctx, w, table); err != nil {
			return err
		}
	}
	s.Lead = i18n.T("The best %d of %d persons by net revenue in the window; the verb customers lists all of them.", len(best), rows.Len())
	s.Panels = []report.Panel{{Title: i18n.T("Best customers"), Wide: true, Table: table}}
	return nil
}

// withNames puts the names of customers after their ids.
func withNames(ctx context.Context, w *workspace.Workspace, t *tabular.Table) (*tabular.Table, error) {
	out := &tabular.Table{Columns: slices.Insert(slices.Clone(t.Columns), 1, tabular.Column{Name: "name", Title: "name", Personal: true})}
	for _, row := range t.Rows {
		id, _ := row[0].(string)
		person, err := w.Customer(ctx, id)
		if err != nil {
			return nil, err
		}
		var name any
		if at := person.Person.Index("name"); at >= 0 && len(person.Person.Rows) > 0 {
			name = person.Person.Rows[0][at]
		}
		out.Rows = append(out.Rows, slices.Insert(slices.Clone(row), 1, name))
	}
	return out, nil
}

// shownColumns returns the named columns of a table that have a value in any row,
// in the order of the names.
func shownColumns(t *tabular.Table, names []string) *tabular.Table {
	out := &tabular.Table{Rows: make([][]any, len(t.Rows))}
	for _, name := range names {
		at := t.Index(name)
		if at < 0 || !slices.ContainsFunc(t.Rows, func(row []any) bool { return row[at] != nil }) {
			continue
		}
		out.Columns = append(out.Columns, t.Columns[at])
		for i, row := range t.Rows {
			out.Rows[i] = append(out.Rows[i], row[at])
		}
	}
	return out
}
