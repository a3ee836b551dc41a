package cli

import (
	"context"
	"math"
	"strconv"

	"github.com/spf13/pflag"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// identityFlags defines the flags of the verb identity list.
func identityFlags(o *options, flags *pflag.FlagSet) {
	flags.IntVar(&o.limit, "limit", 0, i18n.T("suggestions and merges to list at most; 0 for all"))
}

// identityList prints the pairs that may be one person, and what was merged.
func (c *call) identityList(ctx context.Context) error {
	return c.use(ctx, c.args, func(w *workspace.Workspace) error {
		limit := c.opts.limit
		if limit <= 0 {
			limit = math.MaxInt32
		}
		suggested, err := w.Suggestions(ctx, limit)
		if err != nil {
			return err
		}
		merges, err := w.Merges(ctx, limit)
		if err != nil {
			return err
		}
		if err := c.revealed(ctx, w, "identity"); err != nil {
			return err
		}
		c.say.sentence(i18n.T("%d pair{s} may be one person; %d {merge or refusal is|merges and refusals are} written down.", suggested.Total, merges.Total))
		table := c.maskTable(*workspace.PeopleTable(suggested, merges))
		return c.print(ctx, answer{name: "identity", rows: tabular.NewSource(&table), personal: true})
	})
}

func (c *call) identityAccept(ctx context.Context) error {
	return c.decide(ctx, i18n.T("worth identity accept ID OTHER -w WS"), func(w *workspace.Workspace, p workspace.Pair) error {
		if err := w.AcceptMerge(ctx, p, c.say.progress); err != nil {
			return err
		}
		c.say.clear()
		c.say.sentence(i18n.T("%s and %s are one person now.", p.One, p.Other))
		return nil
	})
}

func (c *call) identityRefuse(ctx context.Context) error {
	return c.decide(ctx, i18n.T("worth identity refuse ID OTHER -w WS"), func(w *workspace.Workspace, p workspace.Pair) error {
		if err := w.RefuseMerge(ctx, p, c.say.progress); err != nil {
			return err
		}
		c.say.clear()
		c.say.sentence(i18n.T("%s and %s stay two persons and are not suggested again.", p.One, p.Other))
		return nil
	})
}

// decide opens the workspace for a decision on two ids.
func (c *call) decide(ctx context.Context, use string, do func(*workspace.Workspace, workspace.Pair) error) error {
	ids, err := c.decision(2, use)
	if err != nil {
		return err
	}
	return c.use(ctx, nil, func(w *workspace.Workspace) error { return do(w, workspace.Pair{One: ids[0], Other: ids[1]}) })
}

func (c *call) identityUndo(ctx context.Context) error {
	words, err := c.decision(1, i18n.T("worth identity undo NUMBER -w WS"))
	if err != nil {
		return err
	}
	number, err := strconv.ParseInt(words[0], 10, 64)
	if err != nil {
		return usage(i18n.Errorf("%q is no number of a merge; worth identity list shows them", words[0]))
	}
	return c.use(ctx, nil, func(w *workspace.Workspace) error {
		apart, err := w.UndoMerge(ctx, number, c.say.progress)
		if err != nil {
			return err
		}
		c.say.clear()
		if !apart {
			c.say.sentence(i18n.T("The merge was taken back; the ids remain one person because they have another key in common."))
			return nil
		}
		c.say.sentence(i18n.T("The merge was taken back."))
		return nil
	})
}

// decision returns the words that are left of the arguments beside the workspace,
// which -w names or, without it, one of them.
func (c *call) decision(n int, use string) ([]string, error) {
	words := c.args
	if c.opts.workspace == "" {
		words = nil
		for _, arg := range c.args {
			if c.opts.workspace == "" && workspace.IsWorkspace(arg) {
				c.opts.workspace = arg
				continue
			}
			words = append(words, arg)
		}
	}
	if len(words) != n || c.opts.workspace == "" {
		return nil, usage(i18n.Errorf("say %s", use))
	}
	return words, nil
}
