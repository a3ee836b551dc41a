package page

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/whatif"
	"worth/internal/workspace"
	"worth/ui/widget"
)

// The panes of the what-if page.
const (
	paneSliders = iota
	paneScopes
	paneFigures
	paneTornado
)

// whatIf shows what customers would be worth under other assumptions: sliders beside
// what they come to. Moving a slider values all customers anew within the update;
// what takes longer – a change of retention, medians, tiers, the tornado – is worked out
// in commands, of which one of a kind is under way at a time and then goes on with the
// latest scenario.
type whatIf struct {
	base
	mode    whatif.Mode
	timing  yearly // of the formula
	meter   *Meter // of making the model; nil when nothing is made
	model   *workspace.WhatIf
	history *whatif.History // of scenarios without a name
	saved   whatif.Scenario // as it was saved or loaded last, with its name
	scope   whatif.Scope

	valued    bool // result and positions are those of the scenario
	result    whatif.Result
	positions []whatif.Position
	problem   error // why the scenario could not be valued

	bending flight[whatif.Result]
	spread  flight[whatif.Distribution]
	tornado flight[[]whatif.Bar]
	mouth   flight[whatif.Mouth]

	keeping inquiry // of saved scenarios
	kept    []workspace.SavedScenario

	pane    int
	tiles   tiles // of the last view
	sliders widget.Sliders
	list    widget.BarList
	bars    widget.BarList
	drag    int // slider under the mouse while its button is held, −1 for none
}

// NewWhatIf returns the what-if page.
func NewWhatIf(env *Env) Page {
	return &whatIf{base: base{env: env}, history: whatif.NewHistory(whatif.Scenario{}), drag: -1}
}

func (p *whatIf) Title() string { return i18n.T("what-if") }

// Init makes the model of the mode, or takes the one that is kept.
func (p *whatIf) Init() tea.Cmd {
	ws, mode, timing, meter := p.env.Workspace, p.mode, p.timing, &Meter{}
	p.meter = meter
	p.stopFlights()
	return ask(&p.inquiry, i18n.T("reading customers"), func(ctx context.Context) (*workspace.WhatIf, error) {
		m, err := ws.WhatIf(ctx, mode, meter.Tell)
		if err != nil || mode != whatif.ModeFormula {
			return m, err
		}
		return timing.of(m)
	})
}

// Update handles replies, keys while a number is typed, and the mouse.
func (p *whatIf) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case reply[*workspace.WhatIf]:
		return p.onModel(msg)
	case reply[keptScenarios]:
		return p.onKept(msg)
	case reply[retimed]:
		return p.onRetimed(msg)
	case flown[whatif.Result]:
		return p.onBent(msg)
	case flown[whatif.Distribution]:
		p.spread.land(msg)
		return p.refresh()
	case flown[[]whatif.Bar]:
		p.tornado.land(msg)
		return p.refresh()
	case flown[whatif.Mouth]:
		p.mouth.land(msg)
		return p.refresh()
	case Tick:
		if p.meter != nil {
			p.meter.Tick(msg.At)
		}
	case tea.KeyPressMsg:
		return p.onTyped(msg)
	case tea.PasteMsg:
		p.sliders.Insert(msg.Content)
	default:
		return p.onMouse(msg)
	}
	return nil
}

// onModel takes a model over. The scenario stays; a segment that is gone gives up the
// sliders to everyone.
func (p *whatIf) onModel(msg reply[*workspace.WhatIf]) tea.Cmd {
	if !p.accept(msg.generation, msg.err) {
		if p.cancel == nil { // it was the reply awaited, and is an error
			p.meter = nil
		}
		return nil
	}
	p.meter, p.model, p.asked = nil, msg.value, msg.asked
	if !slices.Contains(p.model.Segments(), string(p.scope)) {
		p.scope = whatif.Everyone
	}
	p.forget()
	p.valued, p.positions, p.result = false, nil, whatif.Result{}
	cmd := p.refresh()
	p.fill()
	return cmd
}

// forget drops what was worked out.
func (p *whatIf) forget() {
	p.bending, p.spread, p.tornado = flight[whatif.Result]{}, flight[whatif.Distribution]{}, flight[[]whatif.Bar]{}
	p.mouth = flight[whatif.Mouth]{}
}

// Resume takes over what pages above made of the scenario.
func (p *whatIf) Resume() tea.Cmd { return p.refresh() }

// refresh values the scenario as far as that takes no time and sets off what does.
func (p *whatIf) refresh() tea.Cmd {
	if p.model == nil {
		return nil
	}
	now := p.history.Now()
	if p.valued = p.model.Ready(now); !p.valued {
		if p.bending.fresh(now) { // the model has forgotten the curves meanwhile
			p.bending.landed = false
		}
		return p.bending.want(now, p.bendingWhat(), p.model.Evaluate)
	}
	p.value(now)
	var mouth tea.Cmd
	if p.model.HasReferrals() {
		mouth = p.mouth.want(now.Chains(), i18n.T("following referrals"), p.model.WordOfMouth)
	}
	return tea.Batch(
		mouth,
		p.spread.want(now, i18n.T("placing customers in tiers"), p.model.Distribute),
		p.tornado.want(now, i18n.T("comparing inputs"), func(ctx context.Context, s whatif.Scenario) ([]whatif.Bar, error) {
			return p.model.Tornado(ctx, s, nil)
		}))
}

// bendingWhat says what keeps a scenario from being valued at once.
func (p *whatIf) bendingWhat() string {
	if p.lever().Chained() || p.lever() == whatif.Referral {
		return i18n.T("following referrals")
	}
	return i18n.T("bending curves")
}

// value takes over what a scenario that is ready comes to.
func (p *whatIf) value(s whatif.Scenario) {
	result, err := p.model.Evaluate(context.Background(), s)
	if err == nil {
		p.positions, err = p.model.Positions(context.Background(), s, p.scope)
	}
	if p.problem = err; err == nil {
		p.result = result
	}
}

// onBent takes over a scenario whose curves were bent, the present one or – while a
// slider is held down – one on the way to it.
func (p *whatIf) onBent(msg flown[whatif.Result]) tea.Cmd {
	if !p.bending.land(msg) {
		return nil
	}
	if p.bending.err != nil {
		p.problem = p.bending.err
		return nil
	}
	p.result, p.problem = msg.value, nil
	return p.refresh()
}

// Busy returns what runs.
func (p *whatIf) Busy() string {
	for _, what := range []string{p.base.Busy(), p.keeping.Busy(), p.bending.busy(), p.spread.busy(), p.tornado.busy(), p.mouth.busy()} {
		if what != "" {
			return what
		}
	}
	return ""
}

// Cancel stops what runs. What was known stays in sight.
func (p *whatIf) Cancel() bool {
	if p.base.Cancel() || p.keeping.Cancel() {
		return true
	}
	return p.stopFlights()
}

func (p *whatIf) stopFlights() bool {
	bent, spread, tornado, mouth := p.bending.stop(), p.spread.stop(), p.tornado.stop(), p.mouth.stop()
	return bent || spread || tornado || mouth
}

// Close gives up what runs.
func (p *whatIf) Close() {
	p.base.Close()
	p.keeping.Close()
	p.stopFlights()
}

// Capture reports whether a number is being typed.
func (p *whatIf) Capture() bool { return p.sliders.Typing() }

// scenario returns the present scenario under the name it was saved or loaded under.
func (p *whatIf) scenario() whatif.Scenario {
	s := p.history.Now()
	s.Name = p.saved.Name
	return s
}

// keep notes that the present scenario is saved under a name.
func (p *whatIf) keep(name string) {
	p.saved = p.history.Now()
	p.saved.Name = name
}

// load makes a saved scenario the present one.
func (p *whatIf) load(s whatif.Scenario) {
	p.saved = s
	s.Name = ""
	p.history.Do(s)
}

// line returns what the scope of the sliders comes to.
func (p *whatIf) line() whatif.Line {
	for _, l := range p.result.Segments {
		if l.Scope == p.scope {
			return l
		}
	}
	return p.result.Total
}

// scopeName names a scope in the reader's language.
func scopeName(s whatif.Scope) string {
	if s == whatif.Everyone {
		return i18n.T("everyone")
	}
	return i18n.T(string(s))
}
