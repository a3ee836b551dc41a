package page

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"worth/internal/clv"
	"worth/internal/i18n"
	"worth/internal/whatif"
	"worth/internal/workspace"
)

// yearly is how the formula counts the years of a lifetime.
type yearly int

// The ways.
const (
	yearEnd    yearly = iota // a year's profit comes in at its end
	yearStart                // at its start
	yearForAll               // the retention form: no end, each year a share stays
	yearWays
)

// name says when a year's profit counts.
func (y yearly) name() string {
	switch y {
	case yearStart:
		return i18n.T("at the start of each year")
	case yearForAll:
		return i18n.T("without end, by retention")
	default:
		return i18n.T("at the end of each year")
	}
}

// short is name where there is little room, and how far ahead value is counted.
func (y yearly) short() string {
	switch y {
	case yearStart:
		return i18n.T("for life, year's start")
	case yearForAll:
		return i18n.T("without end")
	default:
		return i18n.T("for life, year's end")
	}
}

// of returns a model by formula that counts so.
func (y yearly) of(m *workspace.WhatIf) (*workspace.WhatIf, error) {
	switch y {
	case yearStart:
		return m.Timed(clv.TimingStart, false)
	case yearForAll:
		return m.Timed(clv.TimingDefault, true)
	default:
		return m, nil
	}
}

// switchTiming goes on to the next way to count years, where there is one; the scenario
// stays. What cannot be counted so is said and passed over.
func (p *whatIf) switchTiming() tea.Cmd {
	ws, next := p.env.Workspace, (p.timing+1)%yearWays
	return ask(&p.keeping, next.name(), func(ctx context.Context) (retimed, error) {
		m, err := ws.WhatIf(ctx, whatif.ModeFormula, nil)
		if err == nil {
			m, err = next.of(m)
		}
		return retimed{next, m}, err
	})
}

// retimed is a model that counts years in another way.
type retimed struct {
	timing yearly
	model  *workspace.WhatIf
}

// onRetimed takes a model over that counts years in another way.
func (p *whatIf) onRetimed(msg reply[retimed]) tea.Cmd {
	switch {
	case !p.keeping.settle(msg.generation) || p.mode != whatif.ModeFormula:
		return nil
	case canceled(msg.err):
		return send(Notice{Text: i18n.T("stopped")})
	case msg.err != nil:
		return send(Notice{Text: i18n.T("%s: %v", msg.value.timing.name(), msg.err), Bad: true})
	}
	p.timing, p.model = msg.value.timing, msg.value.model
	p.forget()
	return p.refresh()
}
