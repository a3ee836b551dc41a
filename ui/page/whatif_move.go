package page

import (
	"math"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/whatif"
)

// lever returns the lever under the cursor.
func (p *whatIf) lever() whatif.Lever {
	levers := p.levers()
	return levers[min(max(p.sliders.Cursor, 0), len(levers)-1)]
}

// levers returns the levers there are sliders for: those of word of mouth only where
// something is known of it.
func (p *whatIf) levers() []whatif.Lever {
	if p.model != nil && p.model.HasReferrals() {
		return whatif.Levers
	}
	return slices.DeleteFunc(slices.Clone(whatif.Levers), whatif.Lever.Chained)
}

// standing returns where a lever stands in the scope, as far as is known.
func (p *whatIf) standing(l whatif.Lever) (whatif.Position, bool) {
	for _, at := range p.positions {
		if at.Lever == l {
			return at, true
		}
	}
	return whatif.Position{}, false
}

// nudge moves the lever under the cursor by so many small steps.
func (p *whatIf) nudge(steps float64, large bool) tea.Cmd {
	at, ok := p.standing(p.lever())
	if !ok || at.Off != "" {
		return p.whyOff(at)
	}
	by := steps * at.Small
	if large {
		by = steps * at.Large
	}
	return p.place(at, at.Step(at.At, by))
}

// whyOff says why a lever cannot be moved.
func (p *whatIf) whyOff(at whatif.Position) tea.Cmd {
	if at.Off == "" {
		return nil
	}
	return send(Notice{Text: i18n.T("%s: %s", at.Lever.Name(), at.Off)})
}

// place moves a lever of the scope to a value. Steps one after the other are undone
// together. Until curves are bent the other faces of retention stay where they were.
func (p *whatIf) place(at whatif.Position, value float64) tea.Cmd {
	p.shift(at, value)
	return p.refresh()
}

// shift is place without what follows from it.
func (p *whatIf) shift(at whatif.Position, value float64) {
	next := p.model.Place(p.history.Now(), p.scope, at.Lever, value)
	p.history.Slide(string(p.scope)+"\x00"+at.Lever.String(), next)
	for i := range p.positions {
		if p.positions[i].Lever == at.Lever {
			p.positions[i].At = value
			p.positions[i].Own, p.positions[i].Set = true, true
		}
	}
}

// do makes another scenario the present one, a step to undo.
func (p *whatIf) do(s whatif.Scenario) tea.Cmd {
	p.history.Do(s)
	return p.refresh()
}

// reset takes the setting under the cursor away.
func (p *whatIf) reset() tea.Cmd { return p.do(p.history.Now().Without(p.scope, p.lever())) }

// undo undoes, or redoes what was undone.
func (p *whatIf) undo(redo bool) tea.Cmd {
	moved := p.history.Undo
	if redo {
		moved = p.history.Redo
	}
	if !moved() {
		return send(Notice{Text: i18n.T("there is nothing more to undo or redo")})
	}
	return p.refresh()
}

// sliding gives the sliders to another scope.
func (p *whatIf) sliding(scope whatif.Scope) tea.Cmd {
	p.scope, p.drag = scope, -1
	p.sliders.EndTyping()
	if p.valued {
		return p.refresh()
	}
	// Where levers stand must wait for the curves; from the baseline they are known.
	for i := range p.positions {
		p.positions[i] = whatif.Position{Spec: p.model.Spec(scope, whatif.Levers[i]), At: p.model.Spec(scope, whatif.Levers[i]).Base}
	}
	return p.refresh()
}

// Types reports whether a key begins a number on the slider under the cursor.
func (p *whatIf) Types(msg tea.KeyPressMsg) bool {
	return p.model != nil && p.pane == paneSliders && len(msg.Text) > 0 && strings.Contains("0123456789.×*", msg.Text)
}

// onTyped handles a key of a number that is being typed.
func (p *whatIf) onTyped(msg tea.KeyPressMsg) tea.Cmd {
	if !p.sliders.Typing() {
		if !p.Types(msg) {
			return nil
		}
		return p.beginTyping(msg.Text)
	}
	if p.sliders.Key(msg) {
		return nil
	}
	switch msg.String() {
	case "esc":
		p.sliders.EndTyping()
	case "enter", "tab":
		return p.takeTyped()
	case "up", "down":
		cmd := p.takeTyped()
		if !p.sliders.Typing() {
			p.sliders.Move(map[string]int{"up": -1, "down": 1}[msg.String()])
		}
		return cmd
	}
	return nil
}

// takeTyped sets the lever under the cursor to what was typed, or says what is wrong with
// it and lets it be mended.
func (p *whatIf) takeTyped() tea.Cmd {
	next, err := p.model.Set(p.history.Now(), p.scope, p.lever(), p.sliders.Typed())
	if err != nil {
		return send(Notice{Text: err.Error(), Bad: true})
	}
	p.sliders.EndTyping()
	return p.do(next)
}

// onMouse handles clicks, drags and the wheel.
func (p *whatIf) onMouse(msg tea.Msg) tea.Cmd {
	if p.model == nil {
		return nil
	}
	switch msg := msg.(type) {
	case tea.MouseClickMsg:
		if msg.Button == tea.MouseLeft {
			return p.onClick(msg.X, msg.Y)
		}
	case tea.MouseMotionMsg:
		return p.onDrag(msg.X)
	case tea.MouseReleaseMsg:
		p.drag = -1
	case Wheel:
		return p.onWheel(msg)
	}
	return nil
}

func (p *whatIf) onClick(x, y int) tea.Cmd {
	t, ok := p.tiles.at(x, y)
	if !ok {
		return nil
	}
	p.drag = -1
	again := p.pane == t.pane
	x, y = x-t.x-1, y-t.y-1
	switch t.pane {
	case paneSliders:
		p.pane = paneSliders
		row, value, onTrack, ok := p.sliders.Hit(x, y)
		if !ok {
			return nil
		}
		p.sliders.EndTyping()
		p.sliders.Cursor = row
		if at, known := p.standing(p.lever()); onTrack && known {
			p.drag = row
			return p.place(at, at.Snap(value))
		}
	case paneScopes:
		p.pane = paneScopes
		row, ok := p.list.Hit(y)
		if !ok {
			return nil
		}
		again = again && row == p.list.Cursor
		p.list.Cursor = row
		if again {
			return p.sliding(p.scopeAt(row))
		}
	}
	return nil
}

// onDrag moves the slider that the mouse holds.
func (p *whatIf) onDrag(x int) tea.Cmd {
	t, ok := p.tiles.of(paneSliders)
	if p.drag < 0 || !ok || p.drag != p.sliders.Cursor {
		return nil
	}
	at, known := p.standing(p.lever())
	if !known || at.Off != "" {
		return nil
	}
	value := at.Snap(p.sliders.ValueAt(p.drag, x-t.x-1))
	if value == at.At {
		return nil
	}
	return p.place(at, value)
}

// onWheel moves the slider whose track is under the mouse, or the cursor of the list.
func (p *whatIf) onWheel(msg Wheel) tea.Cmd {
	t, ok := p.tiles.at(msg.X, msg.Y)
	if !ok {
		return nil
	}
	switch t.pane {
	case paneSliders:
		row, _, onTrack, ok := p.sliders.Hit(msg.X-t.x-1, msg.Y-t.y-1)
		if !ok || p.sliders.Typing() {
			return nil
		}
		if !onTrack {
			p.sliders.Move(msg.Lines / 3)
			return nil
		}
		p.sliders.Cursor = row
		return p.nudge(-math.Copysign(math.Max(1, math.Abs(float64(msg.Lines)/3)), float64(msg.Lines)), false)
	case paneScopes:
		p.list.Move(msg.Lines)
	}
	return nil
}
