package page

import (
	"context"
	"sync/atomic"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
	"worth/internal/workspace"
	"worth/ui/keys"
)

// refused is the grid of referrals that do not count. Ids that are phones or
// e-mail addresses are masked in the rows themselves, as no column is personal as
// a whole; revealing them reads the rows again.
type refused struct {
	*GridPage
	revealed *atomic.Bool // for the commands that read rows
}

// NewRefused returns the grid of the statements of who brought in whom that do not
// count for a reason, or for any when reason is empty; text is the reason in words.
func NewRefused(env *Env, reason, text string) Page {
	title := i18n.T("referrals that do not count")
	if text != "" {
		title = i18n.T("referrals: %s", text)
	}
	p := &refused{revealed: &atomic.Bool{}}
	p.revealed.Store(env.Revealed)
	ws, shown := env.Workspace, p.revealed
	p.GridPage = NewGridPage(env, title, func(ctx context.Context, _ string, _ bool, _ string) (Rows, error) {
		rows, err := ws.RefusedEdges(ctx, reason)
		if err != nil {
			return nil, err
		}
		if shown.Load() {
			return rows, nil
		}
		return veiledRows{workspace.Veil(rows), rows}, nil
	}, nil, WithoutKey(), WithColumns(columnsWithValues(refusedColumns)), WithEmpty("Every referral that was loaded counts."))
	return p
}

// refusedColumns are the columns of the grid, those without values left out.
var refusedColumns = []string{"referrer_id", "referred_id", "reason", "at", "status", "kind", "evidence", "line", "file"}

// veiledRows are rows with some ids masked.
type veiledRows struct {
	tabular.Source
	rows Rows
}

// Close gives up the rows.
func (v veiledRows) Close() error { return v.rows.Close() }

// Reason says why a command cannot be used now.
func (p *refused) Reason(id string) string {
	if id == keys.Reveal {
		return ""
	}
	return p.GridPage.Reason(id)
}

// Do carries out a command.
func (p *refused) Do(id string) tea.Cmd {
	if id == keys.Reveal {
		return tea.Batch(p.reveal(), p.unveil())
	}
	return p.GridPage.Do(id)
}

// Update handles what the grid does, and reads the rows again after they were
// revealed.
func (p *refused) Update(msg tea.Msg) tea.Cmd {
	first := p.rows == nil
	cmd := p.GridPage.Update(msg)
	if first && p.rows != nil { // not on the file, which stands first in the rows
		p.grid.GotoColumn(refusedColumns[0])
	}
	return tea.Batch(cmd, p.unveil())
}

// unveil reads the rows again if ids are to be shown now, or masked.
func (p *refused) unveil() tea.Cmd {
	if p.revealed.Swap(p.env.Revealed) == p.env.Revealed {
		return nil
	}
	return p.Init()
}
