package page

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
	"worth/ui/theme"
	"worth/ui/widget"
)

// exportBinding writes what a page shows to a file.
var exportBinding = keys.Map{{ID: keys.Export, Keys: []string{"e"}, Help: "export what is shown", Group: groupPage, Short: true}}

// offer is an answer of a page that can be written to a file.
type offer struct {
	title string
	table *tabular.Table
}

// exportDialog asks which of a page's answers to write, and to which file, whose
// name says the format. Personal cells are masked unless they are shown.
type exportDialog struct {
	env     *Env
	offers  []offer
	at      int
	prompt  widget.Prompt
	named   bool // the name was typed, not made
	problem string
	replace string // a file that exists, and may be replaced when named once more
	writing inquiry
}

// export opens the dialog over the answers of a page, the one in focus first.
func export(env *Env, first int, offers ...offer) tea.Cmd {
	offers = slices.DeleteFunc(slices.Concat(offers[first:], offers[:first]), func(o offer) bool { return o.table == nil || len(o.table.Rows) == 0 })
	if len(offers) == 0 {
		return send(Notice{Text: i18n.T("there is nothing to export yet"), Bad: true})
	}
	d := &exportDialog{env: env, offers: offers, prompt: widget.Prompt{
		Label: i18n.T("export to"), Hint: i18n.T("a file name ending in .csv, .json, .md, .xlsx or .parquet"),
	}}
	d.turn(0)
	return send(OpenOverlay{d})
}

// turn goes to another answer.
func (d *exportDialog) turn(by int) {
	d.at = (d.at + by + len(d.offers)) % len(d.offers)
	d.problem = ""
	if !d.named {
		d.prompt.SetValue(fileName(d.offers[d.at].title) + ".csv")
	}
}

// Key chooses, edits the name and writes.
func (d *exportDialog) Key(msg tea.KeyPressMsg) (tea.Cmd, bool) {
	switch msg.String() {
	case "esc":
		d.writing.Close()
		return nil, true
	case "enter":
		return d.write(), false
	case "tab", "down":
		d.turn(1)
	case "shift+tab", "up":
		d.turn(-1)
	default:
		if d.prompt.Key(msg) {
			d.named, d.problem = true, ""
		}
	}
	return nil, false
}

// write starts writing the file.
func (d *exportDialog) write() tea.Cmd {
	path := strings.TrimSpace(d.prompt.Value())
	if _, err := report.ByName(path); err != nil {
		d.problem = i18n.T("the name does not say what to write; end it in .csv, .json, .md, .xlsx or .parquet")
		return nil
	}
	chosen, ws, revealed, replace := d.offers[d.at], d.env.Workspace, d.env.Revealed, d.replace == path
	return ask(&d.writing, i18n.T("exporting to %s", path), func(ctx context.Context) (gridExported, error) {
		table := chosen.table
		if !revealed {
			table = maskedTable(table)
		}
		err := writeTable(ctx, ws, path, replace, chosen.title, table)
		return gridExported{path: path, rows: len(table.Rows)}, err
	})
}

// Update handles pastes and the end of writing.
func (d *exportDialog) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		d.prompt.Insert(msg.Content)
		d.named, d.problem = true, ""
	case reply[gridExported]:
		if !d.writing.settle(msg.generation) {
			return nil
		}
		if msg.err == nil {
			return tea.Batch(send(CloseOverlay{}), send(Notice{Text: i18n.T("%d row{s} {was|were} written to %s", msg.value.rows, msg.value.path)}))
		}
		d.problem = msg.err.Error()
		if exists := (existsError{}); errors.As(msg.err, &exists) {
			d.replace = exists.path
		}
	}
	return nil
}

// exportWidth is the widest the dialog gets.
const exportWidth = 76

// View draws the answers, the name, and what is wrong with it.
func (d *exportDialog) View(w, h int, t theme.Theme) string {
	bodyW := min(w-dialogFrame, exportWidth)
	d.prompt.Theme = t
	var lines []string
	for i, o := range d.offers {
		sign, style := "  ", t.Muted
		if i == d.at {
			sign, style = "▸ ", t.Strong
		}
		lines = append(lines, style.Render(" "+sign+widget.Clean(o.title)))
	}
	lines = append(lines, "", d.prompt.View(max(bodyW, 1), 1))
	style, below := t.Muted, ""
	switch {
	case d.problem != "":
		style, below = t.Bad, d.problem
	case d.writing.Busy() != "":
		below = d.writing.Busy()
	case !d.env.Revealed && slices.ContainsFunc(d.offers[d.at].table.Columns, func(c tabular.Column) bool { return c.Personal }):
		below = i18n.T("personal columns are masked; R on the page shows them first")
	}
	for _, line := range wrapped(below, max(bodyW-2, 1)) {
		lines = append(lines, " "+style.Render(line))
	}
	note := i18n.T("Enter writes · Esc closes")
	if len(d.offers) > 1 {
		note = i18n.T("Tab chooses · Enter writes · Esc closes")
	}
	body := widget.ViewFunc(func(w, h int) string { return widget.Block(strings.Join(lines, "\n"), w, h) })
	return Dialog(t, i18n.T("Export"), note, body, bodyW, len(lines), w, h)
}

// writeTable writes a table to a file that only its owner can read, whole or not
// at all. A file that exists is an existsError unless it may be replaced.
func writeTable(ctx context.Context, ws *workspace.Workspace, path string, replace bool, title string, t *tabular.Table) error {
	if _, err := os.Stat(path); err == nil && !replace {
		return existsError{path}
	}
	format, err := report.ByName(path)
	if err != nil {
		return err
	}
	if format == report.Parquet {
		return ws.WriteParquet(ctx, path, tabular.NewSource(t))
	}
	return report.Atomic(path, true, func(out io.Writer) error {
		return report.Write(format, out, report.Options{Sheet: title}, func(w report.Writer) error {
			if err := w.Begin(t.Columns); err != nil {
				return err
			}
			for _, row := range t.Rows {
				if err := errors.Join(ctx.Err(), w.Row(row)); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// maskedTable returns a table with its personal cells masked. Cells that are no
// text, such as a day of birth, are left out altogether.
func maskedTable(t *tabular.Table) *tabular.Table {
	kind := t.Index("kind")
	out := &tabular.Table{Columns: t.Columns}
	for _, row := range t.Rows {
		row = slices.Clone(row)
		for i, c := range t.Columns {
			if !c.Personal {
				continue
			}
			text, ok := row[i].(string)
			if !ok {
				row[i] = nil
				continue
			}
			name := c.Name
			if kind >= 0 {
				if said, ok := row[kind].(string); ok {
					name = said
				}
			}
			row[i] = workspace.Mask(name, text)
		}
		out.Rows = append(out.Rows, row)
	}
	return out
}

// exports are the answers of the overview.
func (p *overview) exports() []offer {
	return []offer{
		paneValue:    {i18n.T("overview"), p.data.sum.Table()},
		paneSegments: {i18n.T("segments"), workspace.SegmentTable(p.data.segments)},
		paneRevenue:  {i18n.T("revenue by month"), workspace.MonthTable(p.data.months)},
		paneCurve:    {i18n.T("concentration"), workspace.CurveTable(p.data.curve)},
	}
}

// exports are the answers of the segments page.
func (p *segments) exports() []offer {
	return []offer{
		paneList: {i18n.T("segments"), workspace.SegmentTable(p.data.segments)},
		paneHeat: {i18n.T("recency × frequency"), workspace.HeatTable(p.data.cells)},
		paneCuts: {i18n.T("cut-points"), workspace.CutTable(p.data.cuts)},
	}
}

// exports are the answers of the data quality page.
func (p *quality) exports() []offer {
	return []offer{{i18n.T("data quality"), p.data.Table()}, {i18n.T("files"), workspace.FileTable(p.data.Files)}}
}

// exports are what is known of a customer.
func (c *customer) exports() []offer {
	return []offer{
		{i18n.T("orders of %s", c.id), &c.data.Orders},
		{i18n.T("customer %s", c.id), &c.data.Fields},
		{i18n.T("person %s", c.id), &c.data.Person},
		{i18n.T("identities of %s", c.id), &c.data.Identities},
	}
}

// exports are the answers of the referrals page; t leads to everybody in trees.
func (p *referrals) exports() []offer {
	return []offer{
		{i18n.T("referrals"), p.data.Table()},
		{i18n.T("brought in or not"), workspace.ReferralGroupTable(p.data.Groups, p.expected)},
		{i18n.T("generations"), workspace.GenerationTable(p.data.Generations)},
		{i18n.T("referrals that do not count"), workspace.RefusalTable(p.data.Reasons)},
		{i18n.T("signals beside the money"), workspace.SignalTable(p.beside)},
	}
}

// exports are the answers of the model page.
func (p *model) exports() []offer {
	return []offer{
		paneParameters:  {i18n.T("parameters"), p.data.fits.Table()},
		paneFrequency:   {i18n.T("orders in the holdout by frequency"), p.data.eval.FrequencyTable()},
		paneTracking:    {i18n.T("repeat orders by week"), p.data.eval.WeekTable()},
		paneCalibration: {i18n.T("who bought again by probability"), p.data.eval.CalibrationTable()},
		paneModels:      {i18n.T("models compared"), p.data.eval.ModelTable()},
		paneTotals:      {i18n.T("totals"), p.equity.Table()},
		modelPanes:      {i18n.T("flags"), p.flags.Table()},
	}
}
