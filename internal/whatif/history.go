package whatif

// mostSteps is how many steps can be undone.
const mostSteps = 500

// History is a scenario with what it was before, for undo and redo. It is not safe for
// use by several goroutines at once.
type History struct {
	past, future []Scenario
	now          Scenario
	sliding      string // key of the last Slide, if nothing else came since
}

// NewHistory returns a history that begins with a scenario.
func NewHistory(s Scenario) *History { return &History{now: s} }

// Now returns the scenario as it is.
func (h *History) Now() Scenario { return h.now }

// Do makes s the scenario; what was undone is forgotten. Nothing happens if s is what the
// scenario is already.
func (h *History) Do(s Scenario) {
	h.sliding = ""
	h.step(s)
}

// Slide is Do for a slider that is held down: steps with the same key – say scope and
// lever – one after the other are undone together.
func (h *History) Slide(key string, s Scenario) {
	if key == h.sliding && key != "" {
		h.now = s
		return
	}
	h.sliding = ""
	if h.step(s) {
		h.sliding = key
	}
}

// step makes s the scenario, keeps what it was and reports whether it changed.
func (h *History) step(s Scenario) bool {
	if s.Equal(h.now) {
		return false
	}
	h.past = append(h.past, h.now)
	if len(h.past) > mostSteps {
		h.past = append([]Scenario(nil), h.past[1:]...)
	}
	h.now, h.future = s, nil
	return true
}

// CanUndo reports whether there is a step to go back.
func (h *History) CanUndo() bool { return len(h.past) > 0 }

// CanRedo reports whether there is an Undo to take back.
func (h *History) CanRedo() bool { return len(h.future) > 0 }

// Undo goes a step back and reports whether there was one.
func (h *History) Undo() bool { return h.move(&h.past, &h.future) }

// Redo takes the last Undo back and reports whether there was one.
func (h *History) Redo() bool { return h.move(&h.future, &h.past) }

// move takes the last scenario of from, leaving the present one in to.
func (h *History) move(from, to *[]Scenario) bool {
	h.sliding = ""
	last := len(*from) - 1
	if last < 0 {
		return false
	}
	*to = append(*to, h.now)
	h.now, *from = (*from)[last], (*from)[:last]
	return true
}
