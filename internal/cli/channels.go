package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
)

// channelOptions are the flags of the verb channels.
type channelOptions struct {
	campaigns bool
	segments  bool
}

// channelsFlags defines the flags of the verb channels.
func channelsFlags(o *options, flags *pflag.FlagSet) {
	flags.BoolVar(&o.channels.campaigns, "campaigns", false, i18n.T("what campaigns changed, treated members against those left alone, with 95 %% intervals"))
	flags.BoolVar(&o.channels.segments, "by-segment", false, i18n.T("the same of campaigns by segment"))
}

// channels prints what customers of each channel bring, or what campaigns changed.
func (c *call) channels(ctx context.Context) error {
	return c.use(ctx, c.args, func(w *workspace.Workspace) error {
		if c.opts.channels.campaigns || c.opts.channels.segments {
			return c.campaigns(ctx, w)
		}
		channels, err := w.Channels(ctx)
		if err != nil {
			return err
		}
		if err := c.sayTerms(ctx, w); err != nil {
			return err
		}
		return c.print(ctx, answer{name: "channels", rows: tabular.NewSource(workspace.ChannelTable(channels))})
	})
}

// campaigns prints what campaigns changed.
func (c *call) campaigns(ctx context.Context, w *workspace.Workspace) error {
	campaigns, err := w.Campaigns(ctx)
	if err != nil {
		return err
	}
	for i := range campaigns {
		if !campaigns[i].Causal {
			c.say.sentence(i18n.T("Campaigns without members left alone are compared with as many days before: that is before and after, not cause and effect."))
			break
		}
	}
	if c.opts.channels.segments {
		return c.print(ctx, answer{name: "campaigns by segment", rows: tabular.NewSource(workspace.CampaignSegmentTable(campaigns...))})
	}
	return c.print(ctx, answer{name: "campaigns", rows: tabular.NewSource(workspace.CampaignTable(campaigns))})
}

// sayTerms says under which conditions value is counted.
func (c *call) sayTerms(ctx context.Context, w *workspace.Workspace) error {
	h, err := w.Header(ctx)
	if err != nil {
		return err
	}
	fits, err := w.Models(ctx)
	var none *workspace.NoAnswerError
	if errors.As(err, &none) {
		c.say.sentence(i18n.T("Values are %s %s; none is predicted: %s.", workspace.BasisText(h.Basis), h.Currency, strings.TrimSuffix(none.Error(), ".")))
		return nil
	}
	if err != nil {
		return err
	}
	t := fits.Terms
	c.say.sentence(i18n.T("Values are %s %s; CLV is expected in %s month{s} at %s a year by %s.",
		workspace.BasisText(t.Basis), t.Currency, i18n.Number(t.Horizon, 1), i18n.Percent(t.Discount, 1), t.Model))
	return nil
}
