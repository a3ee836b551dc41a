package cli

import (
	"context"
	"io"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/snapshot"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// snapshotOptions are the flags of the verbs snapshot.
type snapshotOptions struct {
	note       string
	undo       bool
	all        bool
	migration  bool
	requantile bool
	trend      bool
	every      snapshot.Every
	count      int
}

// snapshotNoteFlag defines the flag of a note.
func snapshotNoteFlag(o *options, flags *pflag.FlagSet) {
	flags.StringVarP(&o.snapshot.note, "note", "m", "", i18n.T("what to remember about it"))
}

// snapshotSaveFlags defines the flags of snapshot save.
func snapshotSaveFlags(o *options, flags *pflag.FlagSet) {
	snapshotNoteFlag(o, flags)
	customersFlags(o, flags)
}

// kept opens the workspace that a verb about snapshots is for, with the words among
// its arguments that name no workspace.
func (c *call) kept(ctx context.Context, usageText string, least, most int, then func(*workspace.Workspace, []string) error) error {
	s, err := c.sources(c.args)
	if err != nil {
		return err
	}
	words := s.files
	if len(words) < least || len(words) > most {
		return usage(i18n.Errorf("write it so: worth snapshot %s -w WS", usageText))
	}
	if s.workspace == "" {
		return usage(i18n.Errorf("name the workspace that keeps the snapshots, such as -w shop.worth.duckdb"))
	}
	return c.open(ctx, sources{workspace: s.workspace}, func(w *workspace.Workspace) error { return then(w, words) })
}

// question reads a page and what is asked of it.
func (c *call) question(words []string) (snapshot.Question, error) {
	v := c.opts.view
	q := snapshot.Question{Page: snapshot.Page(words[0])}
	if !slices.Contains(snapshot.Pages, q.Page) {
		names := make([]string, len(snapshot.Pages))
		for i, p := range snapshot.Pages {
			names[i] = string(p)
		}
		return q, usage(i18n.Errorf("there is no page %q to keep; choose %s", words[0], strings.Join(names, ", ")))
	}
	needs := q.Page == snapshot.Customer || q.Page == snapshot.SQL
	switch {
	case needs && len(words) != 2:
		return q, usage(i18n.Errorf("the page %s needs a word more: customer ID, or sql 'select …'", words[0]))
	case !needs && len(words) != 1:
		return q, usage(i18n.Errorf("%q is one word too many after the page %s", words[1], words[0]))
	case q.Page == snapshot.Customer:
		q.Customer = words[1]
	case q.Page == snapshot.SQL:
		q.SQL = words[1]
	case q.Page == snapshot.Customers:
		q.Segment, q.Filter, q.Sort, q.Desc = v.Segment, v.Filter, v.Sort, v.Desc
	case v.Segment != "" || v.Filter != "" || v.Sort != "":
		return q, usage(i18n.Errorf("--segment, --where and --sort are for the page customers"))
	}
	return q, nil
}

// snapshotSave keeps a page.
func (c *call) snapshotSave(ctx context.Context) error {
	return c.kept(ctx, "save NAME PAGE", 2, 3, func(w *workspace.Workspace, words []string) error {
		q, err := c.question(words[1:])
		if err != nil {
			return err
		}
		if err := c.loaded(ctx, w); err != nil {
			return err
		}
		if err := knownColumn(q.Sort, w.CustomerColumns()); err != nil {
			return err
		}
		r, err := w.SaveSnapshot(ctx, workspace.SnapshotRequest{Name: words[0], Note: c.opts.snapshot.note, Question: q, Program: c.env.Version}, c.say.progress)
		if err != nil {
			return err
		}
		return c.printRecords(ctx, []snapshot.Record{r})
	})
}

// snapshotList lists the snapshots, or those with a text.
func (c *call) snapshotList(ctx context.Context) error {
	return c.kept(ctx, "list [TEXT]", 0, 1, func(w *workspace.Workspace, words []string) error {
		all, err := w.Snapshots(ctx, strings.Join(words, " "))
		if err != nil {
			return err
		}
		records := make([]snapshot.Record, len(all))
		for i, s := range all {
			records[i] = s.Record
		}
		return c.printRecords(ctx, records)
	})
}

// printRecords prints a row for every record.
func (c *call) printRecords(ctx context.Context, records []snapshot.Record) error {
	t := &tabular.Table{Columns: []tabular.Column{
		{Name: "name"},
		{Name: "page"},
		{Name: "rows", Kind: tabular.Integer},
		{Name: "as_of"},
		{Name: "scheme"},
		{Name: "basis"},
		{Name: "files", Kind: tabular.Integer},
		{Name: "saved_at", Kind: tabular.Time},
		{Name: "note"},
	}}
	for _, r := range records {
		t.Rows = append(t.Rows, []any{r.Name, string(r.Page), r.Rows, r.AsOf, r.Scheme, r.Basis, int64(len(r.Files)), r.SavedAt, r.Note})
	}
	return c.print(ctx, answer{name: "snapshots", rows: tabular.NewSource(t)})
}

// snapshotShow prints a snapshot as it was saved: its rows, and in JSON everything
// it depends on.
func (c *call) snapshotShow(ctx context.Context) error {
	return c.kept(ctx, "show NAME", 1, 1, func(w *workspace.Workspace, words []string) error {
		s, err := w.Snapshot(ctx, words[0])
		if err != nil {
			return err
		}
		if err := c.revealed(ctx, w, "snapshot "+words[0]); err != nil {
			return err
		}
		c.say.sentence(i18n.T("%s, saved %s as of %s: %s.", s.Record.Name, s.Record.SavedAt.Format("2006-01-02 15:04"), s.Record.AsOf, provenance(&s.Record)))
		rows := tabular.Source(masked{s, c.mask(s.Columns())})
		if s.Record.Page == snapshot.Referrals {
			rows = c.veiled(rows)
		}
		return c.print(ctx, answer{
			name: "snapshot", rows: rows, personal: true,
			json: func(out io.Writer) error { return writeSnapshot(ctx, out, s.JSON, rows) },
		})
	})
}

// provenance says in one line what a snapshot depends on.
func provenance(r *snapshot.Record) string {
	parts := []string{string(r.Page), r.Scheme, strings.ReplaceAll(r.Basis, "_", " "), i18n.T("%d file{s}", len(r.Files)), "worth " + r.Program}
	if r.Note != "" {
		parts = append(parts, r.Note)
	}
	return strings.Join(parts, " · ")
}

// writeSnapshot writes a record, whose JSON never changes, and its rows.
func writeSnapshot(ctx context.Context, out io.Writer, record string, rows tabular.Source) error {
	if _, err := io.WriteString(out, `{"snapshot": `+record+`, "rows": `); err != nil {
		return i18n.Errorf("the output cannot be written: %v", err)
	}
	w, err := report.New(report.JSON, out, report.Options{})
	if err != nil {
		return err
	}
	if err := paging(rows)(ctx, w.Begin, w.Row); err != nil {
		return err
	}
	if err := w.End(); err != nil {
		return err
	}
	if _, err := io.WriteString(out, "}\n"); err != nil {
		return i18n.Errorf("the output cannot be written: %v", err)
	}
	return nil
}

// snapshotExport writes a snapshot to a file of its own.
func (c *call) snapshotExport(ctx context.Context) error {
	return c.kept(ctx, "export NAME -o FILE", 1, 1, func(w *workspace.Workspace, words []string) error {
		if c.opts.output == "" || c.opts.output == "-" {
			return usage(i18n.Errorf("name the file to write the snapshot to with -o, such as -o monday.worth-snapshot"))
		}
		if err := w.ExportSnapshot(ctx, words[0], c.opts.output); err != nil {
			return err
		}
		c.say.sentence(i18n.T("%s holds the snapshot %q with all its rows, personal fields included.", c.opts.output, words[0]))
		return nil
	})
}

// snapshotImport takes a snapshot in from a file.
func (c *call) snapshotImport(ctx context.Context) error {
	if c.opts.workspace == "" || len(c.args) != 1 {
		return usage(i18n.Errorf("write it so: worth snapshot %s -w WS", "import FILE"))
	}
	return c.open(ctx, sources{workspace: c.opts.workspace}, func(w *workspace.Workspace) error {
		r, err := w.ImportSnapshot(ctx, c.args[0], c.say.progress)
		if err != nil {
			return err
		}
		return c.printRecords(ctx, []snapshot.Record{r})
	})
}

// snapshotRemove takes a snapshot away, or brings it back.
func (c *call) snapshotRemove(ctx context.Context) error {
	return c.kept(ctx, "rm NAME", 1, 1, func(w *workspace.Workspace, words []string) error {
		if c.opts.snapshot.undo {
			if err := w.RestoreSnapshot(ctx, words[0]); err != nil {
				return err
			}
			c.say.sentence(i18n.T("%q is back.", words[0]))
			return nil
		}
		if err := w.DeleteSnapshot(ctx, words[0]); err != nil {
			return err
		}
		c.say.sentence(i18n.T("%q is taken away; worth snapshot rm --undo brings it back within a month.", words[0]))
		return nil
	})
}

// snapshotRemoveFlags defines the flags of snapshot rm.
func snapshotRemoveFlags(o *options, flags *pflag.FlagSet) {
	flags.BoolVar(&o.snapshot.undo, "undo", false, i18n.T("bring back what was taken away"))
}

// snapshotRename gives a snapshot another name.
func (c *call) snapshotRename(ctx context.Context) error {
	return c.kept(ctx, "rename NAME NEW", 2, 2, func(w *workspace.Workspace, words []string) error {
		return w.RenameSnapshot(ctx, words[0], words[1])
	})
}

// snapshotSeriesFlags defines the flags of snapshot series.
func snapshotSeriesFlags(o *options, flags *pflag.FlagSet) {
	snapshotNoteFlag(o, flags)
	o.snapshot.every = snapshot.Month
	flags.Func("every", i18n.T("month or quarter"), func(s string) (err error) {
		o.snapshot.every, err = snapshot.ParseEvery(s)
		return err
	})
	const most = 600
	flags.Func("count", i18n.T("how many months or quarters, the latest; 24 or 8 if nothing is said"), func(s string) (err error) {
		o.snapshot.count, err = parseCount(s, 1, most)
		return err
	})
	flags.BoolVar(&o.snapshot.requantile, "requantile", false, i18n.T("let every date have cut-points of its own"))
	flags.BoolVar(&o.snapshot.trend, "trend", false, i18n.T("past, now and forecast instead of the dates"))
}

// snapshotSeries prints the analysis as of the ends of months or quarters, and keeps
// it if it is given a name.
func (c *call) snapshotSeries(ctx context.Context) error {
	return c.kept(ctx, "series [NAME]", 0, 1, func(w *workspace.Workspace, words []string) error {
		if err := c.loaded(ctx, w); err != nil {
			return err
		}
		o := c.opts.snapshot
		req := workspace.SeriesRequest{Every: o.every, Count: o.count, Requantile: o.requantile}
		s, err := w.Series(ctx, req, c.say.progress)
		if err != nil {
			return err
		}
		for _, warning := range s.Warnings {
			c.say.sentence(warning + ".")
		}
		if len(words) == 1 {
			keep, err := req.Snapshot(s)
			if err != nil {
				return err
			}
			keep.Name, keep.Note, keep.Program = words[0], o.note, c.env.Version
			if _, err := w.SaveSnapshot(ctx, keep, c.say.progress); err != nil {
				return err
			}
		}
		t := s.Rows
		if o.trend {
			t = s.Trend
		}
		return c.print(ctx, answer{name: "series", rows: tabular.NewSource(t)})
	})
}
