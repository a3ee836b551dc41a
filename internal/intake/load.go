package intake

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"worth/internal/duck"
	"worth/internal/i18n"
	"worth/internal/intake/decode"
	"worth/internal/tabular"
)

// Request says what to load and how.
type Request struct {
	Paths     []string             // files, as Expand returns them
	Overrides Overrides            // the analyst's --map, for every file
	ByFile    map[string]Overrides // answers of the mapping form, by path, or by title for a part of a file
	Reading   map[string]Reading   // likewise how files are read, by path; overrides what is said for all
	DateOrder DateOrder            // --date-order; empty to decide from the data
	Delimiter string               // --delimiter; empty to detect it
	TempDir   string               // for prepared copies; the caller removes it
	Zone      string               // IANA zone of dates without an offset; empty: UTC
	Formats   *Formats             // known exports; nil: BuiltinFormats
	Encoding  decode.Encoding      // --encoding; empty to detect it
	Sheet     string               // --sheet of workbooks; empty to propose
	Limits    decode.Limits        // of archives and workbooks; the zero value is decode.DefaultLimits
	EveryRow  bool                 // count conversions in all rows, however many

	// Surveyed are the reports of Survey on the same request; nil to look at Paths anew.
	Surveyed []*FileReport

	progress Progress // of decoding
}

// Reading is how one file is read, where the guess is wrong.
type Reading struct {
	Encoding  decode.Encoding
	Sheet     string
	Delimiter string
	DateOrder DateOrder
}

// FileReport is what a file was recognised as and what became of its rows.
type FileReport struct {
	Source      *Source
	Recognition Recognition
	Key         int32 // file_key; 0 for a file that was left out
	Rows        int64
	Kept        int64
	Rejected    int64
	Credits     int64 // orders netted against revenue
	Excluded    int64 // orders cancelled, unpaid or void
	Duplicates  int64 // rows that repeat an order
	DateMin     *time.Time
	DateMax     *time.Time
	NetRevenue  tabular.Decimal  // in Currency
	Currency    string           // of most orders; empty when they name none
	Currencies  []CurrencyAmount // where there are several, what each brought
	Warnings    []string
	Conversions []Conversion // what was done to cells, column by column
	Looked      int64        // rows that Conversions were counted in; 0: all
	Already     string       // path under which the same content is loaded; empty if it is new

	typed  bool  // DuckDB's reader took its dates and amounts as they are
	placed int64 // rows that were read into a table, whatever became of them
}

// Report is what a load did.
type Report struct {
	Files []*FileReport

	unnumbered []numbering // see Number
}

// Progress is told the step, the file it works on and the share of all bytes
// done, 0–1. It may be called from another goroutine, one call at a time.
type Progress func(step, file string, share float64)

// Survey inspects and recognises files without loading them. Files that cannot
// be read at all are errors, joined; the others are reported all the same.
func Survey(ctx context.Context, run duck.Runner, req Request) ([]*FileReport, error) {
	var reports []*FileReport
	var failed []error
	var sources []*Source
	for _, path := range req.Paths {
		found, err := look(ctx, run, path, req)
		if err != nil {
			if ctx.Err() != nil {
				return nil, ctx.Err()
			}
			failed = append(failed, err)
			continue
		}
		sources = append(sources, found...)
	}
	if err := errors.Join(req.Overrides.Check(sources...), req.checkFormats()); err != nil {
		return nil, err
	}
	for _, s := range sources {
		r, err := understand(ctx, run, s, req)
		if err != nil {
			failed = append(failed, err)
			continue
		}
		reports = append(reports, r)
	}
	return reports, errors.Join(failed...)
}

// Telling is the request with somebody to tell how far decoding is.
func (req Request) Telling(progress Progress) Request {
	req.progress = progress
	return req
}

// checkFormats returns an error when the analyst names a format there is not.
func (req Request) checkFormats() error {
	formats := req.Formats
	if formats == nil {
		formats = BuiltinFormats()
	}
	names := []string{NoFormat}
	for _, f := range formats.list {
		names = append(names, f.Name)
	}
	for _, o := range append(slices.Collect(maps.Values(req.ByFile)), req.Overrides) {
		if o.Format != "" && !slices.Contains(names, o.Format) {
			return i18n.Errorf("--map: there is no format %q; the formats are %s", o.Format, strings.Join(names, ", "))
		}
	}
	return nil
}

// look inspects the tables in a file; the columns of JSON and Parquet come from
// DuckDB.
func look(ctx context.Context, run duck.Runner, path string, req Request) ([]*Source, error) {
	sources, err := InspectAll(ctx, path, req.options(path))
	if err != nil {
		return nil, err
	}
	for _, s := range sources {
		if s.Container == CSV {
			continue
		}
		if err := peek(ctx, run, s); err != nil {
			return nil, err
		}
	}
	return sources, nil
}

// options are what the request says about inspecting a file.
func (req Request) options(path string) Options {
	one := req.Reading[path]
	o := Options{
		TempDir: req.TempDir, Delimiter: cmp.Or(one.Delimiter, req.Delimiter), Encoding: cmp.Or(one.Encoding, req.Encoding),
		Sheet: cmp.Or(one.Sheet, req.Sheet), Limits: req.Limits,
	}
	if req.progress != nil {
		o.Decoding = func(file string, share float64) {
			req.progress(i18n.T("decoding, %s", i18n.Percent(share, 0)), file, 0)
		}
	}
	return o
}

// peek sets the columns and the sample of a file that only DuckDB reads.
func peek(ctx context.Context, run duck.Runner, s *Source) error {
	const sampled = 2000
	res, err := run.Query(ctx, duck.Call{
		Name: "load/peek", Args: duck.Args{"limit": sampled},
		Parts: map[string]duck.Call{"source": reader(s)},
	})
	if err != nil {
		var e *duck.Error
		if errors.As(err, &e) {
			return unreadable(s, e)
		}
		return err
	}
	s.SetColumns(res.Names, texts(res.Rows))
	return nil
}

func texts(rows [][]any) [][]string {
	out := make([][]string, len(rows))
	for i, row := range rows {
		out[i] = make([]string, len(row))
		for j, v := range row {
			if s, ok := v.(string); ok {
				out[i][j] = s
			}
		}
	}
	return out
}

// understand recognises the columns of a file under the analyst's word for it
// or, without one, what was confirmed for the same header before.
func understand(ctx context.Context, run duck.Runner, s *Source, req Request) (*FileReport, error) {
	hints := Hints{Overrides: req.Overrides, DateOrder: cmp.Or(req.Reading[s.Original].DateOrder, req.DateOrder), Formats: req.Formats}
	if own, ok := req.ByFile[s.Title()]; ok {
		hints.Overrides = own
	} else if own, ok := req.ByFile[s.Original]; ok {
		hints.Overrides = own
	} else if hints.Overrides.Empty() {
		remembered, err := Remembered(ctx, run, s.Signature())
		if err != nil {
			return nil, err
		}
		hints.Overrides = remembered
	}
	rec, err := Recognise(s, hints)
	if err != nil {
		return nil, err
	}
	return &FileReport{Source: s, Recognition: rec, Warnings: slices.Concat(s.Warnings, s.renamed(rec), rec.Warnings)}, nil
}

// Remembered returns the mapping confirmed for a header, empty if there is none.
func Remembered(ctx context.Context, run duck.Runner, signature string) (Overrides, error) {
	res, err := run.Query(ctx, duck.Call{Name: "load/remembered", Args: duck.Args{"signature": signature}})
	if err != nil || len(res.Rows) == 0 {
		return Overrides{}, err
	}
	kind, _ := res.Rows[0][0].(string)
	text, _ := res.Rows[0][1].(string)
	o := Overrides{Kind: Kind(kind)}
	if err := json.Unmarshal([]byte(text), &o.Columns); err != nil {
		return Overrides{}, i18n.Errorf("the remembered mapping %q cannot be read: %v", text, err)
	}
	o.Format = o.Columns[formatKey]
	delete(o.Columns, formatKey)
	return o, nil
}

// Remember keeps a confirmed mapping for files with the same header.
func Remember(ctx context.Context, run duck.Runner, s *Source, o Overrides) error {
	columns := map[Field]string{}
	maps.Copy(columns, o.Columns)
	if o.Format != "" {
		columns[formatKey] = o.Format
	}
	text, err := json.Marshal(columns)
	if err != nil {
		return i18n.Errorf("the mapping of %s cannot be kept: %v", s.Original, err)
	}
	_, err = run.Exec(ctx, duck.Call{Name: "load/remember", Args: duck.Args{
		"signature": s.Signature(), "kind": string(o.Kind), "mapping": string(text),
	}})
	return err
}

// CopyRemembered keeps every mapping that one database remembers in another too.
func CopyRemembered(ctx context.Context, from, to duck.Runner) error {
	res, err := from.Query(ctx, duck.Call{Name: "load/all_remembered"})
	if err != nil {
		return err
	}
	for _, row := range res.Rows {
		_, err := to.Exec(ctx, duck.Call{Name: "load/remember", Args: duck.Args{"signature": row[0], "kind": row[1], "mapping": row[2]}})
		if err != nil {
			return err
		}
	}
	return nil
}

// ForgetAll empties the canonical tables and forgets the files, for Load to read them
// anew within the same transaction.
func ForgetAll(ctx context.Context, tx *duck.Tx) error {
	_, err := tx.Exec(ctx, duck.Call{Name: "load/forget_all"})
	return err
}

// Load reads files into the canonical tables within a transaction. Files whose
// content is loaded already are left out. On an error nothing of the load may be
// kept: the caller rolls the transaction back.
func Load(ctx context.Context, tx *duck.Tx, req Request, progress Progress) (*Report, error) {
	req.progress = progress
	reports := req.Surveyed
	if reports == nil {
		var err error
		if reports, err = Survey(ctx, tx, req); err != nil {
			return nil, err
		}
	}
	if err := ready(reports); err != nil {
		return nil, err
	}
	l := &loader{tx: tx, req: req, report: &Report{Files: reports}, progress: progress, middles: map[newlyRead]int64{}}
	if err := l.start(ctx); err != nil {
		return nil, err
	}
	for _, r := range byPlatform(reports) {
		if err := l.file(ctx, r); err != nil {
			return nil, l.inFile(err)
		}
		l.doneBytes += r.Source.Bytes
	}
	if err := l.settle(ctx); err != nil {
		return nil, l.inFile(err)
	}
	return l.report, l.inFile(l.record(ctx))
}

// loader is one load under way.
type loader struct {
	tx         *duck.Tx
	req        Request
	report     *Report
	progress   Progress
	known      map[string]string // path by sha256 of files loaded before
	knownSizes map[int64]bool
	first      int32 // first new file_key
	next       int32
	totalBytes int64
	doneBytes  int64
	staged     bool  // order_rows exists
	placed     int64 // orders that were placed, whatever became of them
	statuses   statusNotes
	byOrder    []*FileReport       // interactions that name an order instead of a customer
	claimants  []claimant          // files that know customers by ids of a platform
	keyed      bool                // orders knew their customers by other keys too
	nothing    []string            // words that say that a cell holds nothing
	skim       *skimming           // of the file that is being read
	middles    map[newlyRead]int64 // rowids in the middle of rows that were looked at
}

func (l *loader) start(ctx context.Context) error {
	l.known, l.knownSizes = map[string]string{}, map[int64]bool{}
	if _, err := l.tx.Exec(ctx, duck.Call{Name: "session/macros"}); err != nil {
		return err
	}
	res, err := l.tx.Query(ctx, duck.Call{Name: "load/known_files"})
	if err != nil {
		return err
	}
	for _, row := range res.Rows {
		key, _ := row[0].(int64)
		path, _ := row[1].(string)
		sum, _ := row[2].(string)
		size, _ := row[3].(int64)
		l.next = max(l.next, int32(key)) //nolint:gosec // the column is an INTEGER
		l.known[sum], l.knownSizes[size] = path, true
		if format, _ := row[4].(string); row[5] == string(Orders) || row[5] == string(Customers) {
			l.claimedBefore(int32(key), format) //nolint:gosec // the column is an INTEGER
		}
	}
	l.first = l.next + 1
	for _, r := range l.report.Files {
		l.totalBytes += r.Source.Bytes
	}
	if err := l.leftUnnumbered(ctx); err != nil {
		return err
	}
	if l.nothing, err = wordsForNothing(ctx, l.tx); err != nil {
		return err
	}
	return l.exec(ctx, duck.Call{Name: "load/load_files"})
}

// tell reports progress: share is of the file's own step, 0–1. Reading files is
// nine tenths of a load.
func (l *loader) tell(step, file string, bytes int64, share float64) {
	if l.progress == nil {
		return
	}
	const reading = 0.9
	done := float64(l.doneBytes) + share*float64(bytes)
	l.progress(step, file, reading*done/float64(max(l.totalBytes, 1)))
}

// file loads one file, unless its content is loaded already.
func (l *loader) file(ctx context.Context, r *FileReport) error {
	s := r.Source
	l.tell(i18n.T("reading"), s.Title(), s.Bytes, 0)
	if path, err := l.loadedAs(ctx, s); err != nil || path != "" {
		r.Already = path
		return err
	}
	l.skim = l.startSkim(ctx, s)
	l.next++
	r.Key = l.next
	err := l.rows(ctx, r)
	skimmed, errSkim := l.skim.wait()
	if err != nil && errSkim != nil && err.Error() == errSkim.Error() { // both met the same in the file
		return err
	}
	if err := errors.Join(err, errSkim); err != nil {
		return err
	}
	return l.know(s, skimmed.sum)
}

// rows reads the rows of a file into the tables of its kind.
func (l *loader) rows(ctx context.Context, r *FileReport) error {
	if err := l.exec(ctx, duck.Call{Name: "load/clear_reader_rejects"}); err != nil {
		return err
	}
	err := l.rowsOf(ctx, r)
	if err == nil {
		err = l.conversions(ctx, r)
	}
	if err == nil || ctx.Err() != nil {
		return err
	}
	var e *duck.Error
	if errors.As(err, &e) {
		return unreadable(r.Source, e)
	}
	return err
}

func (l *loader) rowsOf(ctx context.Context, r *FileReport) error {
	switch r.Recognition.Kind {
	case Orders:
		return l.orders(ctx, r)
	case OrderLines:
		return l.orderLines(ctx, r)
	case Customers:
		return l.customers(ctx, r)
	case Interactions:
		if _, known := r.Recognition.Mapping[CustomerID]; !known {
			l.byOrder = append(l.byOrder, r) // whose they are is known when the orders are
			return nil
		}
		return l.plain(ctx, r)
	case Products, Refunds, Referrals, Spend, Campaigns, CampaignMembers:
		return l.plain(ctx, r)
	case Aside:
		return l.aside(ctx, r)
	}
	return i18n.Errorf("%s: nothing is known of files of the kind %q", r.Source.Original, string(r.Recognition.Kind))
}

func (l *loader) exec(ctx context.Context, c duck.Call) error {
	_, err := l.tx.Exec(ctx, c)
	return err
}

// number returns the single whole number a query answers with.
func (l *loader) number(ctx context.Context, c duck.Call) (int64, error) {
	res, err := l.tx.Query(ctx, c)
	if err != nil {
		return 0, err
	}
	if len(res.Rows) != 1 {
		return 0, i18n.Errorf("the query %s answered with %s rows", c.Name, strconv.Itoa(len(res.Rows)))
	}
	n, _ := res.Rows[0][0].(int64)
	return n, nil
}
