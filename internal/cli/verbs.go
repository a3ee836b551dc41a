package cli

import (
	"context"
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
		{
			"sql 'select …' SRC…", "the rows of a query; it can read but not change",
			"worth sql \"$(cat question.sql)\" shop.worth.duckdb", nil, (*call).sql,
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
		root.AddCommand(cmd)
	}
	return root
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
