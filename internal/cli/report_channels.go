package cli

import (
	"context"
	"errors"

	"worth/internal/i18n"
	"worth/internal/report"
	"worth/internal/workspace"
)

// reportChannels says what the customers of each channel bring beside what winning
// one costs, and what campaigns changed.
func reportChannels(ctx context.Context, w *workspace.Workspace, s *report.Section) error {
	var none *workspace.NoAnswerError
	channels, missing := w.Channels(ctx)
	if missing != nil && !errors.As(missing, &none) {
		return missing
	}
	campaigns, err := w.Campaigns(ctx)
	if err != nil && !errors.As(err, &none) {
		return err
	}
	if len(channels) == 0 && len(campaigns) == 0 {
		return missing
	}
	if len(channels) > 0 {
		s.Panels = append(s.Panels, report.Panel{
			Title: i18n.T("Channels"), Note: i18n.T("of the first order"), Wide: true,
			Table: shownColumns(workspace.ChannelTable(channels), []string{
				"channel", "customers", "net_revenue", "clv", "won", "spend", "cac", "months", "value", "clv_cac", "payback_months", "break_even_cac", "band",
			}),
			Notes: []string{i18n.T("CLV : CAC compares, at equal age, what a customer won brought in the months of age that were seen, at most 12, with what winning one cost.")},
		})
	}
	if len(campaigns) > 0 {
		s.Panels = append(s.Panels, report.Panel{
			Title: i18n.T("Campaigns"), Note: i18n.T("with 95 %% intervals"), Wide: true,
			Table: shownColumns(workspace.CampaignTable(campaigns), []string{
				"campaign", "from", "to", "treated", "control", "uplift", "uplift_low", "uplift_high", "incremental", "cost", "roi", "roi_low", "roi_high", "design", "reason",
			}),
			Notes: []string{i18n.T("Campaigns without members left alone are compared with as many days before: that is before and after, not cause and effect.")},
		})
	}
	return nil
}
