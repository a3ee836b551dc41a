package workspace

import (
	"context"
	"errors"
	"os"
	"slices"
	"sync"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/intake"
	"worth/internal/intake/decode"
	"worth/internal/tabular"
)

// Load reads files into the workspace and rebuilds the analysis, as one
// transaction: when anything fails, or ctx ends, the workspace is as it was.
// Files whose content is loaded already are reported and left out. Progress may
// be called from another goroutine.
//
// A file whose columns are not clear ends in a *NeedsAnswerError; data that
// cannot carry an analysis (no orders) are loaded all the same.
func (w *Workspace) Load(ctx context.Context, req LoadRequest, progress func(Progress)) (LoadReport, error) {
	if req.Replay {
		var err error
		if req, err = w.replayed(ctx, req); err != nil {
			return LoadReport{}, err
		}
	}
	in, done, err := w.request(req)
	if err != nil {
		return LoadReport{}, err
	}
	defer done()
	return w.load(ctx, req, in, progress)
}

// load is Load for a request that is intake's already.
func (w *Workspace) load(ctx context.Context, req LoadRequest, in intake.Request, progress func(Progress)) (LoadReport, error) {
	var report *intake.Report
	var out derived
	set := w.Settings()
	landed := false
	err := w.write(ctx, waitingFor(progress), func(ctx context.Context, tx *duck.Tx) error {
		if err := rezone(ctx, tx, set); err != nil { // before there are rows that are read in it
			return err
		}
		var err error
		if req.Replay {
			if err = intake.ForgetAll(ctx, tx); err != nil {
				return err
			}
		}
		if report, err = intake.Load(ctx, tx, in, intakeProgress(progress)); err != nil {
			return err
		}
		if err = keepOptions(ctx, tx, req, in.Paths); err != nil {
			return err
		}
		out, err = w.rebuild(ctx, tx, set, progress, loadShare)
		return err
	}, func(ctx context.Context, tx *duck.Tx) error {
		landed = true
		return report.Number(context.WithoutCancel(ctx), tx)
	})
	if landed {
		w.adopt(set, out)
	}
	if err != nil {
		return LoadReport{}, needsAnswer(err)
	}
	return w.loadReport(ctx, report.Files)
}

// loadShare is the part of a load's progress that is reading, not deriving.
const loadShare = 0.7

func intakeProgress(progress func(Progress)) intake.Progress {
	if progress == nil {
		return nil
	}
	var mu sync.Mutex
	return func(step, file string, share float64) {
		mu.Lock()
		defer mu.Unlock()
		progress(Progress{Step: step, File: file, Share: loadShare * share})
	}
}

// Check reads files as Load would, in a workspace of its own that is given up
// afterwards, under the settings and with the mappings remembered in this one, and
// reports what was found. Files that need an answer are reported with their
// questions instead of being loaded.
func (w *Workspace) Check(ctx context.Context, req LoadRequest, progress func(Progress)) (report LoadReport, err error) {
	scratch, err := Open(ctx, "", w.opt)
	if err != nil {
		return LoadReport{}, err
	}
	defer func() { err = errors.Join(err, scratch.Close()) }()
	scratch.adopt(w.Settings(), derived{})
	if err := intake.CopyRemembered(ctx, w.db, scratch.db); err != nil {
		return LoadReport{}, err
	}
	in, done, err := scratch.request(req)
	if err != nil {
		return LoadReport{}, err
	}
	defer done()
	in.EveryRow = true
	surveyed, err := intake.Survey(ctx, scratch.db, in.Telling(intakeProgress(progress)))
	if err != nil {
		return LoadReport{}, err
	}
	var unclear []FileReport
	held := map[string]bool{} // files of which a part needs an answer
	for _, r := range surveyed {
		held[r.Source.Original] = held[r.Source.Original] || !r.Recognition.Ready()
	}
	for _, r := range surveyed {
		if held[r.Source.Original] {
			unclear = append(unclear, fileReport(r))
		}
	}
	in.Surveyed = slices.DeleteFunc(surveyed, func(r *intake.FileReport) bool { return held[r.Source.Original] })
	if len(in.Surveyed) > 0 {
		if report, err = scratch.load(ctx, req, in, progress); err != nil {
			return LoadReport{}, err
		}
	}
	report.Files = append(report.Files, unclear...)
	return report, nil
}

// request turns a load request into intake's, with a folder for prepared copies
// that done removes.
func (w *Workspace) request(req LoadRequest) (in intake.Request, done func(), err error) {
	paths, err := intake.Expand(req.Sources)
	if err != nil {
		return in, nil, err
	}
	order, err := intake.ParseDateOrder(req.DateOrder)
	if err != nil {
		return in, nil, err
	}
	encoding, err := decode.ParseEncoding(req.Encoding)
	if err != nil {
		return in, nil, err
	}
	overrides, err := intakeOverrides(req.Map)
	if err != nil {
		return in, nil, err
	}
	byFile := map[string]intake.Overrides{}
	for path, m := range req.MapFile {
		if byFile[path], err = intakeOverrides(m); err != nil {
			return in, nil, err
		}
	}
	reading := map[string]intake.Reading{}
	for path, o := range req.Read {
		if reading[path], err = o.reading(); err != nil {
			return in, nil, err
		}
	}
	formats, err := intake.BuiltinFormats().With(w.opt.Formats...)
	if err != nil {
		return in, nil, err
	}
	dir, err := copiesFolder()
	if err != nil {
		return in, nil, err
	}
	in = intake.Request{
		Paths: paths, Overrides: overrides, ByFile: byFile, Reading: reading, DateOrder: order, Delimiter: req.Delimiter, TempDir: dir,
		Zone: w.Settings().TimeZone, Formats: formats, Encoding: encoding, Sheet: req.Sheet, Limits: req.limits(),
	}
	return in, func() { os.RemoveAll(dir) }, nil //nolint:errcheck // the system clears temporary folders
}

// limits are those of archives.
func (req LoadRequest) limits() decode.Limits {
	l := decode.DefaultLimits
	if req.ArchiveBytes > 0 {
		l.Bytes = req.ArchiveBytes
	}
	if req.ArchiveRatio > 0 {
		l.Ratio = req.ArchiveRatio
	}
	return l
}

// intakeOverrides checks the fields of a mapping as --map would.
func intakeOverrides(m map[string]string) (intake.Overrides, error) {
	o := intake.Overrides{Columns: map[intake.Field]string{}}
	for field, column := range m {
		if field == "kind" {
			kind, err := intake.ParseKind(column)
			if err != nil {
				return o, err
			}
			o.Kind = kind
			continue
		}
		if field == "format" {
			o.Format = column
			continue
		}
		if _, ok := intake.FieldInfo(intake.Field(field)); !ok {
			return o, i18n.Errorf("there is no field %q to map the column %q to", field, column)
		}
		o.Columns[intake.Field(field)] = column
	}
	return o, nil
}

// ParseMap reads the text of --map into LoadRequest.Map: order_id=InvoiceNo,….
func ParseMap(text string) (map[string]string, error) {
	o, err := intake.ParseMap(text)
	if err != nil {
		return nil, err
	}
	m := map[string]string{}
	if o.Kind != "" {
		m["kind"] = string(o.Kind)
	}
	if o.Format != "" {
		m["format"] = o.Format
	}
	for f, column := range o.Columns {
		m[string(f)] = column
	}
	return m, nil
}

// ParseEncoding reads the text of --encoding into LoadRequest.Encoding.
func ParseEncoding(text string) (string, error) {
	e, err := decode.ParseEncoding(text)
	return string(e), err
}

// RememberMapping keeps a confirmed mapping (field → column name) for files with
// the header of the file, or of the part of a file, of a title; read is how it is read.
func (w *Workspace) RememberMapping(ctx context.Context, title string, mapping map[string]string, read ReadOptions) error {
	path, err := SourceOf(title)
	if err != nil {
		return err
	}
	in, done, err := w.request(LoadRequest{
		Sources: []string{path}, MapFile: map[string]map[string]string{title: mapping}, Read: map[string]ReadOptions{path: read},
	})
	if err != nil {
		return err
	}
	defer done()
	reports, err := intake.Survey(ctx, w.db, in)
	if err != nil {
		return err
	}
	return w.write(ctx, nil, func(ctx context.Context, tx *duck.Tx) error {
		for _, r := range reports {
			if r.Source.Title() != title && path != title {
				continue
			}
			o := r.Recognition.Overrides()
			if err := intake.Remember(ctx, tx, r.Source, o); err != nil {
				return err
			}
		}
		return nil
	})
}

// Survey recognises files without loading them: their mapping and questions.
func (w *Workspace) Survey(ctx context.Context, req LoadRequest) ([]FileReport, error) {
	in, done, err := w.request(req)
	if err != nil {
		return nil, err
	}
	defer done()
	reports, err := intake.Survey(ctx, w.db, in)
	out := make([]FileReport, 0, len(reports))
	for _, r := range reports {
		out = append(out, fileReport(r))
	}
	return out, err
}

// Fields lists the canonical columns a file of a kind can have, for the mapping
// form: name and what it means.
func Fields(kind string) []Field {
	var out []Field
	for _, f := range intake.FieldsOf(intake.Kind(kind)) {
		info, _ := intake.FieldInfo(f)
		out = append(out, Field{Name: string(f), Doc: i18n.Text(info.Doc)})
	}
	return out
}

// Field is a canonical column a column of a file can become.
type Field struct {
	Name string
	Doc  i18n.Text
}

// Kinds lists what the rows of a file can be about.
func Kinds() []string {
	kinds := intake.Kinds()
	out := make([]string, len(kinds))
	for i, k := range kinds {
		out[i] = string(k)
	}
	return out
}

// NeedsAnswerError says that a file cannot be loaded before the analyst has said
// what some of its columns mean. Nothing was loaded.
type NeedsAnswerError struct {
	File FileReport // with Questions
	text string
}

func (e *NeedsAnswerError) Error() string { return e.text }

func needsAnswer(err error) error {
	var need *intake.NeedsAnswerError
	if !errors.As(err, &need) {
		return err
	}
	return &NeedsAnswerError{File: fileReport(need.Report), text: need.Error()}
}

// fileReport turns intake's report into the plain value.
func fileReport(r *intake.FileReport) FileReport {
	s, rec := r.Source, r.Recognition
	out := FileReport{
		File: s.Original, Member: s.Member, Sheet: s.Sheet, Kind: string(rec.Kind), Format: rec.Format, Encoding: string(s.Encoding), Rows: r.Rows, Kept: r.Kept, Rejected: r.Rejected,
		Credits: r.Credits, Excluded: r.Excluded, Duplicates: r.Duplicates,
		NetRevenue: r.NetRevenue, Currency: r.Currency, Warnings: append([]string{}, r.Warnings...), Already: r.Already != "", Columns: s.Columns, Evidence: s.Evidence,
	}
	if out.Format == "" {
		out.Format = string(s.Container)
	}
	for _, m := range rec.Matches {
		known := KnownFormat{Name: m.Name, Title: m.Title, Language: m.Language, Score: m.Score, Taken: rec.FormatName() == m.Name}
		out.Formats = append(out.Formats, known)
	}
	if out.Already {
		out.Warnings = append(out.Warnings, i18n.T("the same content is loaded already, from %s; it was left out", r.Already))
	}
	for _, f := range rec.Mapping.Fields() {
		out.Mapping = append(out.Mapping, Mapped{Field: string(f), Column: s.Columns[rec.Mapping[f]], Sure: rec.Confidence[f] >= intake.Sure})
	}
	for _, i := range rec.Unmapped {
		out.Unmapped = append(out.Unmapped, s.Columns[i])
	}
	out.Conversions, out.Looked = conversionsOf(r.Conversions), r.Looked
	for _, q := range rec.Questions {
		question := Question{Field: string(q.Field), Needed: q.Required, Reason: q.Reason}
		for _, i := range q.Candidates {
			question.Candidates = append(question.Candidates, s.Columns[i])
		}
		out.Questions = append(out.Questions, question)
	}
	return out
}

func conversionsOf(list []intake.Conversion) []Conversion {
	var out []Conversion
	for _, c := range list {
		out = append(out, Conversion{Column: c.Column, Rule: c.Rule, Cells: c.Cells, Examples: append([]string{}, c.Examples...), Text: c.Text()})
	}
	return out
}

// isoDay returns the day of a moment in a time zone.
func isoDay(t *time.Time, in *time.Location) *string {
	if t == nil {
		return nil
	}
	text := t.In(in).Format(time.DateOnly)
	return &text
}

// loadReport completes the reports of a load with the state of the workspace.
func (w *Workspace) loadReport(ctx context.Context, files []*intake.FileReport) (LoadReport, error) {
	q, err := w.Quality(ctx)
	if err != nil {
		return LoadReport{}, err
	}
	report := LoadReport{
		IdentityCoverageOrders: q.IdentityCoverageOrders, IdentityCoverageRevenue: q.IdentityCoverageRevenue,
		Currency: q.Currency, Currencies: q.Currencies, Warnings: q.Warnings,
	}
	for _, r := range files {
		f := fileReport(r)
		f.DateMin, f.DateMax = isoDay(r.DateMin, w.Settings().location()), isoDay(r.DateMax, w.Settings().location())
		report.Files = append(report.Files, f)
	}
	if err := w.firstRejects(ctx, files, report.Files); err != nil {
		return LoadReport{}, err
	}
	res, err := w.db.Query(ctx, duck.Call{Name: "ask/header"})
	if err != nil {
		return LoadReport{}, err
	}
	row := res.Rows[0]
	report.Customers, _ = row[0].(int64)
	report.Orders, _ = row[1].(int64)
	report.NetRevenue, _ = row[2].(tabular.Decimal)
	return report, nil
}
