package cli

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/workspace"
)

// options are the flags of a command line. Flags are checked as they are read,
// so that a mistake among them is found before any file is opened.
type options struct {
	workspace string
	settings  []func(*workspace.Settings) // changes to make, in the order given
	reveal    bool
	format    report.Format // empty: by the output's name, or a table
	output    string        // empty: stdout
	engine    workspace.Options
	load      workspace.LoadRequest // without its sources

	theme string // of the program
	mouse bool

	view      workspace.View // of customers
	limit     int            // 0: no limit
	top       int            // customers in a report
	customers int            // of the demo shop, 0: as many as it likes
	orders    int
	seed      uint64
	referrals referralOptions
	channels  channelOptions
	whatIf    whatIfOptions
	clv       clvOptions
	snapshot  snapshotOptions
	write     bool // whether SQL may change the workspace
}

// common defines the flags of all verbs.
func (o *options) common(flags *pflag.FlagSet) {
	flags.StringVarP(&o.workspace, "workspace", "w", "", i18n.T("workspace to read or write"))
	flags.StringVarP(&o.output, "output", "o", "", i18n.T("file to write instead of stdout"))
	flags.Func("format", i18n.T("table, json, csv, md, parquet or xlsx"), func(s string) (err error) {
		o.format, err = report.Parse(s)
		return err
	})
	flags.BoolVar(&o.reveal, "reveal", false, i18n.T("show names, phones, e-mails and addresses"))
	flags.Func("lang", i18n.T("language of texts: %s", strings.Join(i18n.Languages, ", ")), i18n.Use)
	flags.IntVar(&o.engine.Threads, "threads", 0, i18n.T("processors to use; 0 for all"))
	flags.StringVar(&o.engine.MemoryLimit, "memory", "", i18n.T("memory to use at most, such as 4GB"))
	o.settingFlags(flags)
	o.loadFlags(flags)
}

// program defines the flags of the verbs that open the program.
func (o *options) program(flags *pflag.FlagSet) {
	o.theme = "auto"
	flags.Func("theme", i18n.T("colours of the program: auto, dark, light or plain"), func(s string) (err error) {
		o.theme, err = oneOf(s, []string{"auto", "dark", "light", "plain"})
		return err
	})
	flags.BoolVar(&o.mouse, "mouse", true, i18n.T("listen to the mouse; --mouse=false leaves it to the terminal"))
}

// settingFlags defines the flags that change the settings every number carries.
func (o *options) settingFlags(flags *pflag.FlagSet) {
	setting(o, flags, "as-of", i18n.T("last day that counts, such as 2026-10-31, or latest"), parseDay,
		func(s *workspace.Settings, v time.Time) { s.AsOf = v })
	setting(o, flags, "tz", i18n.T("time zone in which days are counted, such as Europe/Berlin"), parseZone,
		func(s *workspace.Settings, v string) { s.TimeZone = v })
	setting(o, flags, "currency", i18n.T("currency of the money that counts, such as EUR; orders in others are set aside, or converted with --rates"), parseCurrency,
		func(s *workspace.Settings, v string) { s.Currency = v })
	setting(o, flags, "rates", i18n.T("file of exchange rates: currency, rate and, where it changes, the day it holds from; none to forget them"), readRates,
		func(s *workspace.Settings, v string) { s.Rates = v })
	setting(o, flags, "basis", i18n.T("what value is counted in: net_revenue, margin or contribution"), parseBasis,
		func(s *workspace.Settings, v workspace.Basis) { s.Basis = v })
	setting(o, flags, "include", i18n.T("what counts as revenue beside goods: shipping, tax, shipping,tax or none"), parseInclude,
		func(s *workspace.Settings, v include) { s.WithShipping, s.WithTax = v.shipping, v.tax })
	setting(o, flags, "margin", i18n.T("share of net revenue that is margin, such as 35%%"), parseMargin,
		func(s *workspace.Settings, v float64) { s.MarginRate = v })
	setting(o, flags, "window", i18n.T("months before as-of that count for F and M, such as 12mo, or all"), parseWindow,
		func(s *workspace.Settings, v int) { s.Window = v })
	setting(o, flags, "scheme", i18n.T("segmentation scheme: a name, or a file such as ./mine.yaml"), readScheme,
		func(s *workspace.Settings, v scheme) { s.Scheme, s.SchemeText = v.name, v.text })
	setting(o, flags, "model", i18n.T("purchase model: %s", strings.Join(workspace.Models, ", ")), parseModel,
		func(s *workspace.Settings, v string) { s.Model = v })
	setting(o, flags, "horizon", i18n.T("how far ahead to look, such as 12mo or 39w"), parseHorizon,
		func(s *workspace.Settings, v float64) { s.Horizon = v })
	setting(o, flags, "discount", i18n.T("discount rate a year, 0%% to 100%%, such as 10%%"), parseDiscount,
		func(s *workspace.Settings, v float64) { s.Discount = &v })
}

// setting defines a flag that changes one setting.
func setting[T any](o *options, flags *pflag.FlagSet, name, help string, parse func(string) (T, error), change func(*workspace.Settings, T)) {
	flags.Func(name, help, func(text string) error {
		v, err := parse(text)
		if err != nil {
			return err
		}
		o.settings = append(o.settings, func(s *workspace.Settings) { change(s, v) })
		return nil
	})
}

// loadFlags defines the flags that say how files are read.
func (o *options) loadFlags(flags *pflag.FlagSet) {
	flags.Func("map", i18n.T("columns by hand: order_id=InvoiceNo,ordered_at=Date"), func(s string) error {
		pairs, err := workspace.ParseMap(s)
		if o.load.Map == nil {
			o.load.Map = map[string]string{}
		}
		maps.Copy(o.load.Map, pairs)
		return err
	})
	flags.Func("format-file", i18n.T("format file, or a folder of them, that says what an export's columns mean; may be given again"), func(s string) error {
		o.engine.Formats = append(o.engine.Formats, s)
		return workspace.CheckFormats(s)
	})
	flags.Func("delimiter", i18n.T("what separates cells: one character, or tab"), func(s string) (err error) {
		o.load.Delimiter, err = parseDelimiter(s)
		return err
	})
	flags.Func("encoding", i18n.T("how text files are encoded, when the guess is wrong: gbk, big5, utf-16, latin1 …"), func(s string) (err error) {
		o.load.Encoding, err = workspace.ParseEncoding(s)
		return err
	})
	flags.StringVar(&o.load.Sheet, "sheet", "", i18n.T("sheet of a workbook, by name or number, when the guess is wrong"))
	flags.Func("max-archive-bytes", i18n.T("what an archive or workbook may hold after decompression, such as 100GB; 64GB otherwise"), func(s string) (err error) {
		o.load.ArchiveBytes, err = parseBytes(s)
		return err
	})
	flags.Func("max-archive-ratio", i18n.T("how many times its size an archive may expand to; 250 otherwise"), func(s string) error {
		n, err := parseCount(s, 1, maxCount)
		o.load.ArchiveRatio = int64(n)
		return err
	})
	flags.Func("date-order", i18n.T("how to read 03/04/2026: dmy, mdy or ymd"), func(s string) (err error) {
		o.load.DateOrder, err = oneOf(s, []string{"dmy", "mdy", "ymd"})
		return err
	})
}

// readRates reads a file of exchange rates; none stands for none.
func readRates(value string) (string, error) {
	if value == "none" {
		return "", nil
	}
	return workspace.ReadRates(value)
}

// scheme is the value of --scheme.
type scheme struct{ name, text string }

// readScheme takes a value with a folder or an extension for a scheme file, and
// any other for the name of a scheme.
func readScheme(value string) (scheme, error) {
	if filepath.Base(value) == value && filepath.Ext(value) == "" {
		return namedScheme(value)
	}
	text, err := os.ReadFile(value)
	if err != nil {
		return scheme{}, i18n.Errorf("the scheme file cannot be read: %v", err)
	}
	if _, err := workspace.CheckScheme(value, text); err != nil {
		return scheme{}, err
	}
	return scheme{name: filepath.Base(value), text: string(text)}, nil
}

// namedScheme returns a scheme of the program.
func namedScheme(name string) (scheme, error) {
	schemes, err := workspace.Schemes()
	if err != nil {
		return scheme{}, err
	}
	names := make([]string, len(schemes))
	for i, s := range schemes {
		names[i] = s.Name
	}
	if _, err := oneOf(name, names); err != nil {
		return scheme{}, i18n.Errorf("%v, or name a scheme file such as ./%s.yaml", err, name)
	}
	return scheme{name: name}, nil
}

// oneOf returns value if it is among known.
func oneOf(value string, known []string) (string, error) {
	if slices.Contains(known, value) {
		return value, nil
	}
	return "", i18n.Errorf("%q is not known; choose %s", value, strings.Join(known, ", "))
}

// flagError turns what the flag parser says into a sentence for the analyst.
func flagError(cmd *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		missing *pflag.ValueRequiredError
		invalid *pflag.InvalidValueError
	)
	switch {
	case errors.As(err, &unknown):
		name := "--" + unknown.GetSpecifiedName()
		if short := unknown.GetSpecifiedShortnames(); short != "" {
			name = "-" + unknown.GetSpecifiedName()
		}
		return i18n.Errorf("there is no flag %s; %s --help lists the flags", name, cmd.CommandPath())
	case errors.As(err, &missing):
		return i18n.Errorf("the flag --%s needs a value; %s --help shows one", missing.GetFlag().Name, cmd.CommandPath())
	case errors.As(err, &invalid):
		cause := errors.Unwrap(invalid)
		if strings.HasPrefix(cause.Error(), "--"+invalid.GetFlag().Name+": ") { // it names the flag itself
			return cause
		}
		return i18n.Errorf("--%s: %v", invalid.GetFlag().Name, cause)
	}
	return err
}
