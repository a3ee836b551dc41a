package cli

import (
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// referralOptions are the flags of the verb referrals that are no settings.
type referralOptions struct {
	tree    string // customer_id; empty: everybody
	refused bool
	compare bool
	signals bool
}

// referralsFlags defines the flags of the verb referrals.
func referralsFlags(o *options, flags *pflag.FlagSet) {
	share := func(change func(*workspace.Referrals, *float64)) func(*workspace.Settings, float64) {
		return func(s *workspace.Settings, v float64) { change(&s.Referrals, &v) }
	}
	setting(o, flags, "lambda", i18n.T("what influence keeps from generation to generation, such as 0.5"), parseShare,
		share(func(r *workspace.Referrals, v *float64) { r.Lambda = v }))
	setting(o, flags, "theta", i18n.T("share of a tree's value that is passed up to the referrer, such as 0.5"), parseShare,
		share(func(r *workspace.Referrals, v *float64) { r.Theta = v }))
	setting(o, flags, "p1", i18n.T("share of referred customers who would not have come by themselves, such as 1"), parseShare,
		share(func(r *workspace.Referrals, v *float64) { r.TypeOne = v }))
	setting(o, flags, "referral-window", i18n.T("months of a referred customer's orders that count for the referrer, such as 12mo, or all"), parseWindow,
		func(s *workspace.Settings, v int) { s.Referrals.Window = v })
	amount := func(change func(*workspace.Referrals, float64)) func(*workspace.Settings, float64) {
		return func(s *workspace.Settings, v float64) { change(&s.Referrals, v) }
	}
	setting(o, flags, "referral-keep", i18n.T("what keeping a referred customer costs, in currency"), parseAmount,
		amount(func(r *workspace.Referrals, v float64) { r.Keep = v }))
	setting(o, flags, "saved-cac", i18n.T("acquisition cost that a referral saves, in currency"), parseAmount,
		amount(func(r *workspace.Referrals, v float64) { r.SavedCAC = v }))
	for _, s := range []struct {
		name, help string
		of         func(*workspace.Referrals) *bool
	}{
		{"last-touch", i18n.T("let the latest valid referral count, not the earliest"), func(r *workspace.Referrals) *bool { return &r.LastTouch }},
		{"chain-staff", i18n.T("let referrals by staff build chains too"), func(r *workspace.Referrals) *bool { return &r.ChainStaff }},
		{"chain-kol", i18n.T("let referrals by KOLs build chains too"), func(r *workspace.Referrals) *bool { return &r.ChainKOL }},
	} {
		setting(o, flags, s.name, s.help, strconv.ParseBool, func(set *workspace.Settings, v bool) { *s.of(&set.Referrals) = v })
		flags.Lookup(s.name).NoOptDefVal = "true"
	}
	setting(o, flags, "value", i18n.T("own value to start from: historic, predicted or total"), parseOwnValue,
		func(s *workspace.Settings, v workspace.OwnValue) { s.Referrals.Own = v })
	flags.StringVar(&o.referrals.tree, "tree", "", i18n.T("only this customer and who came through them"))
	flags.BoolVar(&o.referrals.refused, "refused", false, i18n.T("the referrals that do not count, and why"))
	flags.BoolVar(&o.referrals.compare, "compare", false, i18n.T("customers who were brought in beside the others, with 95 %% intervals"))
	flags.BoolVar(&o.referrals.signals, "signals", false, i18n.T("shares, reviews and what else customers do beside buying; never part of value"))
}

// parseOwnValue reads what people are worth themselves.
func parseOwnValue(s string) (workspace.OwnValue, error) {
	known := make([]string, len(workspace.OwnValues))
	for i, v := range workspace.OwnValues {
		known[i] = string(v)
	}
	value, err := oneOf(s, known)
	return workspace.OwnValue(value), err
}

// referrals prints who brought in whom and what that is worth.
func (c *call) referrals(ctx context.Context) error {
	return c.use(ctx, c.args, func(w *workspace.Workspace) error {
		switch {
		case c.opts.referrals.tree != "":
			return c.referralTree(ctx, w)
		case c.opts.referrals.compare:
			return c.referralGroups(ctx, w)
		case c.opts.referrals.signals:
			return c.signals(ctx, w)
		}
		return c.referralRows(ctx, w)
	})
}

// referralGroups prints customers who were brought in beside the others.
func (c *call) referralGroups(ctx context.Context, w *workspace.Workspace) error {
	s, err := w.Referrals(ctx)
	if err != nil {
		return err
	}
	v, err := w.ReferralValue(ctx)
	var none *workspace.NoAnswerError
	if errors.As(err, &none) {
		c.say.sentence(i18n.T("No value is expected of them: %s.", none))
	} else if err != nil {
		return err
	}
	return c.print(ctx, answer{name: "brought in or not", rows: tabular.NewSource(workspace.ReferralGroupTable(s.Groups, v))})
}

// signals prints what customers do beside buying.
func (c *call) signals(ctx context.Context, w *workspace.Workspace) error {
	signals, err := w.Signals(ctx)
	if err != nil {
		return err
	}
	if len(signals) == 0 {
		c.say.sentence(i18n.T("No interactions were loaded."))
	}
	return c.print(ctx, answer{name: "signals", rows: tabular.NewSource(workspace.SignalTable(signals))})
}

// referralRows prints everybody, or the referrals that do not count.
func (c *call) referralRows(ctx context.Context, w *workspace.Workspace) (err error) {
	ask := func() (*workspace.Rows, error) { return w.ReferralRows(ctx) }
	if c.opts.referrals.refused {
		ask = func() (*workspace.Rows, error) { return w.RefusedEdges(ctx, "") }
	}
	rows, err := ask()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if err := c.summariseReferrals(ctx, w); err != nil {
		return err
	}
	if err := c.revealed(ctx, w, "referrals"); err != nil {
		return err
	}
	return c.print(ctx, answer{name: "referrals", rows: c.veiled(rows), personal: true})
}

// summariseReferrals says how many people and statements the rows rest on.
func (c *call) summariseReferrals(ctx context.Context, w *workspace.Workspace) error {
	s, err := w.Referrals(ctx)
	if err != nil {
		return err
	}
	c.say.sentence(i18n.T("%d of %d customer{s} brought in others; %d of them {was|were} brought in.", s.Referrers, s.Customers, s.Referred))
	if s.Refused > 0 && !c.opts.referrals.refused {
		reasons := make([]string, len(s.Reasons))
		for i, r := range s.Reasons {
			reasons[i] = i18n.T("%d %s", r.Count, r.Reason)
		}
		c.say.sentence(i18n.T("%d statement{s} of referrals {does|do} not count (%s); --refused lists them.", s.Refused, strings.Join(reasons, ", ")))
	}
	return nil
}

// referralTree prints a customer and everybody who came through them.
func (c *call) referralTree(ctx context.Context, w *workspace.Workspace) error {
	tree, err := w.Subtree(ctx, c.opts.referrals.tree)
	if err != nil {
		return err
	}
	if err := c.revealed(ctx, w, "referrals of "+c.opts.referrals.tree); err != nil {
		return err
	}
	shown := c.veiled(tabular.NewSource(tree))
	return c.print(ctx, answer{name: "referrals", rows: shown, personal: true, text: indented(ctx, shown)})
}

// indented writes a tree for people: everybody below who brought them in.
func indented(ctx context.Context, tree tabular.Source) func(io.Writer) error {
	return func(out io.Writer) error {
		rows, err := tree.Page(ctx, 0, tree.Len())
		if err != nil {
			return err
		}
		t := tabular.Table{Columns: tree.Columns(), Rows: make([][]any, len(rows))}
		id, generation := t.Index("customer_id"), t.Index("generation")
		var top int64
		for i, row := range rows {
			own, _ := row[generation].(int64)
			if i == 0 {
				top = own
			}
			name, _ := row[id].(string)
			t.Rows[i] = slices.Clone(row)
			t.Rows[i][id] = strings.Repeat("· ", int(own-top)) + name
		}
		p := &printer{out: out}
		p.table(t)
		return p.err
	}
}

// veiled is a source of referrals in which phones and e-mail addresses by which
// files call strangers are hidden, unless they are asked for.
func (c *call) veiled(rows tabular.Source) tabular.Source {
	if c.opts.reveal {
		return rows
	}
	return workspace.Veil(rows)
}
