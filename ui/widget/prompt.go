package widget

import (
	tea "charm.land/bubbletea/v2"

	"worth/ui/theme"
)

// Suggestion is one way to go on with the text of a Prompt.
type Suggestion struct {
	Text string // what replaces the word being typed
	Note string // what it is, shown beside it
}

// Prompt asks for one line of text: a search, a filter, a name. It remembers
// what was asked before and offers completions in a list below the line.
//
// It works on key presses through Key; enter and esc are left to the page.
type Prompt struct {
	Theme   theme.Theme
	Label   string   // before the text
	Hint    string   // in place of an empty text
	Message string   // below the line: what is wrong with the text
	History []string // earlier texts, the oldest first
	// Complete returns what may stand from rune from to the cursor; nil offers
	// nothing. It is called after every change and must be quick.
	Complete func(text string, cursor int) (from int, offers []Suggestion)

	edit    lineEdit
	offers  []Suggestion
	from    int
	picked  int // index into offers
	scroll  scroller
	recall  int    // how many entries back in History; 0 is the own text
	own     string // the text typed before going back in History
	listing bool
}

// Value returns the text.
func (p *Prompt) Value() string { return p.edit.string() }

// SetValue replaces the text and puts the cursor at its end.
func (p *Prompt) SetValue(text string) {
	p.edit.set(text)
	p.recall, p.listing, p.offers = 0, false, nil
}

// Insert puts pasted text at the cursor.
func (p *Prompt) Insert(text string) {
	p.edit.insert(text)
	p.changed()
}

// Remember adds the text to History, once when repeated, and empties the line.
func (p *Prompt) Remember() {
	text := p.Value()
	if text != "" && (len(p.History) == 0 || p.History[len(p.History)-1] != text) {
		p.History = append(p.History, text)
	}
	p.SetValue("")
}

// Key handles a key press: editing, up and down through the offers or the
// history, tab to take an offer. It reports false for keys it leaves to the
// page, such as enter and esc. Esc closes an open list first.
func (p *Prompt) Key(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "tab":
		return p.take()
	case "up", "ctrl+p":
		p.step(-1)
		return true
	case "down", "ctrl+n":
		p.step(+1)
		return true
	case "esc":
		open := p.listing
		p.listing, p.offers = false, nil
		return open
	}
	before := p.Value()
	if !p.edit.key(msg) {
		return false
	}
	if p.Value() != before {
		p.changed()
	}
	return true
}

func (p *Prompt) changed() {
	p.recall, p.picked, p.listing, p.offers = 0, 0, false, nil
	if p.Complete != nil {
		p.from, p.offers = p.Complete(p.Value(), p.edit.cursor)
		p.from = min(max(p.from, 0), p.edit.cursor)
		p.listing = len(p.offers) > 0
	}
}

// take replaces the word being typed with the picked offer; with no list open
// it asks for one.
func (p *Prompt) take() bool {
	if p.Complete == nil {
		return false
	}
	if !p.listing {
		p.changed()
		return true
	}
	text := p.offers[p.picked].Text
	p.edit.remove(p.from)
	p.edit.insert(text)
	p.listing, p.offers = false, nil
	return true
}

func (p *Prompt) step(delta int) {
	if p.listing {
		p.picked = moved(p.picked, delta, len(p.offers))
		return
	}
	if p.recall == 0 {
		p.own = p.Value()
	}
	p.recall = min(max(p.recall-delta, 0), len(p.History))
	if p.recall == 0 {
		p.edit.set(p.own)
		return
	}
	p.edit.set(p.History[len(p.History)-p.recall])
}

// Hit picks the offer drawn at line y of the last view and takes it; it reports
// false where there is none.
func (p *Prompt) Hit(y int) bool {
	row, ok := p.scroll.hit(y)
	if !ok || !p.listing || row >= len(p.offers) {
		return false
	}
	p.picked = row
	return p.take()
}

// Height returns how many lines the prompt would like, its list included.
func (p *Prompt) Height() int {
	n := 1
	if p.Message != "" {
		n++
	}
	if p.listing {
		n += min(len(p.offers), 8)
	}
	return n
}

// View draws the line, the message and the offers in w×h cells.
func (p *Prompt) View(w, h int) string {
	if w <= 0 || h <= 0 {
		return lined(nil, w, h)
	}
	l := newInkLine(w)
	label := Clean(p.Label)
	labelW := min(Width(label), w/2)
	l.fit(inkOf(p.Theme.Strong), label, labelW)
	if labelW > 0 {
		l.repeat(ink{}, " ", 1)
	}
	indent := w - l.left
	p.edit.view(l, l.left, p.Theme, p.Hint, true)
	lines := []string{l.String()}
	if p.Message != "" && h > 1 {
		m := newInkLine(w)
		m.repeat(ink{}, " ", indent)
		m.put(inkOf(p.Theme.Bad), Clean(p.Message))
		lines = append(lines, m.String())
	}
	if p.listing {
		lines = append(lines, p.list(w, h-len(lines), len(lines), indent)...)
	}
	return lined(lines, w, h)
}

func (p *Prompt) list(w, h, top, indent int) []string {
	from, to := p.scroll.window(p.picked, len(p.offers), h, top)
	width := 0
	for _, o := range p.offers {
		width = max(width, Width(Clean(o.Text)))
	}
	text, note, cursor := inkOf(p.Theme.Text), inkOf(p.Theme.Muted), inkOf(p.Theme.Cursor)
	lines := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		l := newInkLine(w)
		l.repeat(ink{}, " ", indent-1)
		style, sign := text, " "
		if i == p.picked {
			style, sign = cursor, "▸"
		}
		l.put(style, sign)
		l.fit(style, Clean(p.offers[i].Text), min(width+1, l.left))
		l.put(ink{}, " ")
		l.put(note, Clean(p.offers[i].Note))
		lines = append(lines, l.String())
	}
	return lines
}
