package cli

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"worth/internal/i18n"
)

// verb is one line of the table of verbs.
type verb struct {
	use     string                         // as it is typed
	short   i18n.Text                      // what it prints
	example string                         // a whole command line
	flags   func(*options, *pflag.FlagSet) // those of its own; nil for none
	run     func(*call, context.Context) error
}

// verbs is the table of contents: every page of the program has its verb.
func verbs() []verb {
	return slices.Concat(exploring(), valuing(), snapshots(), identities(), others())
}

// exploring are the verbs that load and look.
func exploring() []verb {
	return []verb{
		{
			"load SRC… -w WS", "load exports into a workspace and say what became of every file",
			"worth load exports/*.csv -w shop.worth.duckdb", nil, (*call).load,
		},
		{
			"check SRC…", "say how exports would be read, column by column, and keep nothing",
			"worth check orders.csv --date-order dmy", nil, (*call).check,
		},
		{
			"overview SRC…", "what all customers brought, and how unevenly",
			"worth overview orders.csv --format json", nil, (*call).overview,
		},
		{
			"segments SRC…", "the segments of a scheme: customers, revenue, recency, orders",
			"worth segments shop.worth.duckdb --scheme rf-10", nil, (*call).segments,
		},
		{
			"customers SRC…", "a row for every customer, or for those asked for",
			"worth customers shop.worth.duckdb --where 'orders >= 3' -o regulars.csv", customersFlags, (*call).customers,
		},
		{
			"customer ID SRC…", "everything about one customer",
			"worth customer c-00044 shop.worth.duckdb --reveal", nil, (*call).customer,
		},
	}
}

// valuing are the verbs of what customers are worth.
func valuing() []verb {
	return []verb{
		{
			"channels SRC…", "what customers of each channel bring beside what winning one costs; what campaigns changed",
			"worth channels orders.csv channel_costs.csv", channelsFlags, (*call).channels,
		},
		{
			"referrals SRC…", "who brought in whom and what that is worth; never multi-level commissions",
			"worth referrals orders.csv referrals.csv --tree c-00044", referralsFlags, (*call).referrals,
		},
		{
			"clv fit SRC…", "a model of when customers buy, fitted: parameters, errors, likelihood",
			"worth clv fit orders.csv --model bg-nbd --unit week --calibrate-to 2026-06-30", clvFitFlags, (*call).clvFit,
		},
		{
			"clv evaluate SRC…", "what a model would have predicted, against what happened",
			"worth clv evaluate shop.worth.duckdb --calibrate-to 2026-06-30", clvFitFlags, (*call).clvEvaluate,
		},
		{
			"clv predict SRC…", "expected orders and value of every customer, with intervals",
			"worth clv predict shop.worth.duckdb --horizon 39w --discount 0% -o clv.csv", clvUnitFlags, (*call).clvPredict,
		},
		{
			"clv formula", "lifetime value by arithmetic; with SRC…, of every segment",
			"worth clv formula --frequency 10 --profit 80 --years 4 --cac 300", clvFormulaFlags, (*call).clvFormula,
		},
		{
			"whatif SRC…", "what customers would be worth under other assumptions, by segment and in total",
			"worth whatif shop.worth.duckdb --set margin=35% --set 'retention@At Risk=+3pt'", whatIfFlags, (*call).whatIf,
		},
	}
}

// snapshots are the verbs of what is kept.
func snapshots() []verb {
	return []verb{
		{
			"snapshot save NAME PAGE -w WS", "keep a page as it is: overview, segments, customers, customer ID, referrals or sql 'select …'",
			"worth snapshot save monday segments -m 'before the sale' -w shop.worth.duckdb", snapshotSaveFlags, (*call).snapshotSave,
		},
		{
			"snapshot list [TEXT] -w WS", "the snapshots, latest first, or those with a text",
			"worth snapshot list sale -w shop.worth.duckdb", nil, (*call).snapshotList,
		},
		{
			"snapshot show NAME -w WS", "a snapshot as it was saved; in JSON with everything it depends on",
			"worth snapshot show monday -w shop.worth.duckdb --format json", nil, (*call).snapshotShow,
		},
		{
			"snapshot diff A B -w WS", "what changed between two snapshots, or one and now, and what by: data, rules or as-of date",
			"worth snapshot diff monday now -w shop.worth.duckdb", snapshotDiffFlags, (*call).snapshotDiff,
		},
		{
			"snapshot export NAME -o FILE -w WS", "write a snapshot to one file that another workspace can take in",
			"worth snapshot export monday -o monday.worth-snapshot -w shop.worth.duckdb", nil, (*call).snapshotExport,
		},
		{
			"snapshot import FILE -w WS", "take in a snapshot that was exported",
			"worth snapshot import monday.worth-snapshot -w other.worth.duckdb", nil, (*call).snapshotImport,
		},
		{
			"snapshot series [NAME] -w WS", "segments and figures as of the ends of months or quarters; with a name they are kept",
			"worth snapshot series --every quarter --count 8 -w shop.worth.duckdb", snapshotSeriesFlags, (*call).snapshotSeries,
		},
		{
			"snapshot rename NAME NEW -w WS", "give a snapshot another name",
			"worth snapshot rename monday 'before the sale' -w shop.worth.duckdb", nil, (*call).snapshotRename,
		},
		{
			"snapshot rm NAME -w WS", "take a snapshot away; --undo brings it back within a month",
			"worth snapshot rm monday -w shop.worth.duckdb", snapshotRemoveFlags, (*call).snapshotRemove,
		},
	}
}

// identities are the verbs of who is who.
func identities() []verb {
	return []verb{
		{
			"identity list SRC…", "pairs that may be one person, what was merged and why",
			"worth identity list shop.worth.duckdb --limit 50", identityFlags, (*call).identityList,
		},
		{
			"identity accept ID OTHER -w WS", "make one person of two ids",
			"worth identity accept c-00044 k-71 -w shop.worth.duckdb", nil, (*call).identityAccept,
		},
		{
			"identity refuse ID OTHER -w WS", "keep two ids apart and do not suggest them again",
			"worth identity refuse c-00044 k-71 -w shop.worth.duckdb", nil, (*call).identityRefuse,
		},
		{
			"identity undo NUMBER -w WS", "take a merge or a refusal back",
			"worth identity undo 12 -w shop.worth.duckdb", nil, (*call).identityUndo,
		},
	}
}

// others are the verbs of questions of one's own, reports and the invented shop.
func others() []verb {
	return []verb{
		{
			"sql 'select …' SRC…", "the rows of a query; it can read but not change, unless --write is given",
			"worth sql \"$(cat question.sql)\" shop.worth.duckdb", sqlFlags, (*call).sql,
		},
		{
			"report SRC… -o out.html", "every page as one file with charts, to read, print and pass on",
			"worth report shop.worth.duckdb -o shop.html --top 50", reportFlags, (*call).report,
		},
		{
			"demo", "open an invented shop, or write its exports to a folder (-o)",
			"worth demo -o exports --customers 1000", demoFlags, (*call).demo,
		},
	}
}

// Verb is a verb as help and documentation show it.
type Verb struct {
	Use     string // as it is typed after worth
	Short   string // what it prints, in the current language
	Example string // a whole command line
}

// Verbs lists the verbs in the order of their pages.
func Verbs() []Verb {
	table := verbs()
	list := make([]Verb, len(table))
	for i, v := range table {
		list[i] = Verb{v.use, v.short.String(), v.example}
	}
	return list
}

// examples are the first things to try.
const examples = `# load, look, and keep nothing
worth orders.csv customers.csv
# the same numbers for a script
worth overview orders.csv --format json
# keep a workspace and go on with it
worth load exports/*.csv -w shop.worth.duckdb
worth customers shop.worth.duckdb --segment 'At Risk' -o at-risk.csv`

// commands builds the command tree. Running turns the function of a verb into
// one that cobra calls.
func (c *call) commands(running func(func(*call, context.Context) error) func(*cobra.Command, []string) error) *cobra.Command {
	root := &cobra.Command{
		Use:     "worth [SRC…]",
		Short:   i18n.T("What are your customers worth, and what would change it?"),
		Example: examples,
		Args:    cobra.ArbitraryArgs,
		RunE:    running((*call).explore),

		CompletionOptions:          cobra.CompletionOptions{HiddenDefaultCmd: true},
		SuggestionsMinimumDistance: 2,
	}
	root.SetOut(c.env.Stdout)
	root.SetErr(c.env.Stderr)
	root.SetFlagErrorFunc(flagError)
	c.opts.common(root.PersistentFlags())
	c.opts.program(root.Flags())
	for _, v := range verbs() {
		cmd := &cobra.Command{
			Use: v.use, Short: v.short.String(), Example: v.example, Args: cobra.ArbitraryArgs, RunE: running(v.run),
		}
		if v.flags != nil {
			v.flags(&c.opts, cmd.Flags())
		}
		c.parent(root, cmd).AddCommand(cmd)
	}
	return root
}

// groups are the words that several verbs begin with.
var groups = map[string]i18n.Text{
	"clv":      "models of lifetime value: fit, evaluate, predict, formula",
	"identity": "who is who: list, accept, refuse, undo",
	"snapshot": "results that are kept: save, list, show, diff, export, import, series, rename, rm",
}

// parent returns the command that a verb belongs to: the root, or that of the
// group its use begins with, which it then takes off.
func (c *call) parent(root, cmd *cobra.Command) *cobra.Command {
	word, rest, _ := strings.Cut(cmd.Use, " ")
	short, ok := groups[word]
	if !ok {
		return root
	}
	cmd.Use = rest
	for _, known := range root.Commands() {
		if known.Name() == word {
			return known
		}
	}
	group := &cobra.Command{Use: word, Short: short.String(), Args: cobra.ArbitraryArgs, SuggestionsMinimumDistance: root.SuggestionsMinimumDistance}
	group.RunE = func(_ *cobra.Command, args []string) error {
		var names []string
		for _, sub := range group.Commands() {
			names = append(names, sub.Name())
		}
		if len(args) == 0 {
			return i18n.Errorf("say which: worth %s %s", word, strings.Join(names, ", "))
		}
		return i18n.Errorf("there is no worth %s %q; choose %s", word, args[0], strings.Join(names, ", "))
	}
	root.AddCommand(group)
	return group
}

// misspelt returns an error when a word that names no file seems to be meant as
// a verb; nil otherwise.
func (c *call) misspelt(word string) error {
	if strings.ContainsAny(word, `./\*?[`) || exists(word) {
		return nil
	}
	if near := c.root.SuggestionsFor(word); len(near) > 0 {
		return usage(i18n.Errorf("there is no file and no verb %q; did you mean worth %s?", word, strings.Join(near, ", ")))
	}
	return usage(i18n.Errorf("there is no file and no verb %q; worth --help lists the verbs", word))
}
