package widget

import (
	tea "charm.land/bubbletea/v2"
	"github.com/sahilm/fuzzy"

	"worth/internal/i18n"
	"worth/ui/theme"
)

// Command is one thing a Palette offers to do.
type Command struct {
	ID       string
	Title    string
	Keys     string // the keys that do the same, shown at the right
	Disabled string // why it cannot be done now; empty when it can
}

// Palette is a list of commands narrowed by typing a few of their letters. With
// nothing typed the commands stand in their given order, otherwise the best
// match is first.
type Palette struct {
	Theme theme.Theme

	commands []Command
	titles   []string
	matches  fuzzy.Matches
	edit     lineEdit
	cursor   int
	scroll   scroller
}

// NewPalette returns a palette of commands with nothing typed yet.
func NewPalette(th theme.Theme, commands []Command) *Palette {
	p := &Palette{Theme: th, commands: commands, titles: make([]string, len(commands))}
	for i, c := range commands {
		p.titles[i] = Clean(c.Title)
	}
	p.narrow()
	return p
}

// Query returns what was typed.
func (p *Palette) Query() string { return p.edit.string() }

// Type adds text to what was typed.
func (p *Palette) Type(text string) {
	p.edit.insert(text)
	p.narrow()
}

// Up moves to the command above; above the first stands the last.
func (p *Palette) Up() { p.turn(-1) }

// Down moves to the command below; below the last stands the first.
func (p *Palette) Down() { p.turn(+1) }

// Key handles a key press: moving, typing and deleting. It reports false for
// keys it leaves to the page, such as enter and esc.
func (p *Palette) Key(msg tea.KeyPressMsg) bool {
	switch msg.String() {
	case "up", "ctrl+p", "shift+tab":
		p.Up()
	case "down", "ctrl+n", "tab":
		p.Down()
	case "pgup":
		p.cursor = moved(p.cursor, -p.scroll.shown, len(p.matches))
	case "pgdown":
		p.cursor = moved(p.cursor, p.scroll.shown, len(p.matches))
	default:
		before := p.Query()
		if !p.edit.key(msg) {
			return false
		}
		if p.Query() != before {
			p.narrow()
		}
	}
	return true
}

// Chosen returns the command under the cursor. It is false when nothing matches
// or the command is disabled; the command then says why.
func (p *Palette) Chosen() (Command, bool) {
	if len(p.matches) == 0 {
		return Command{}, false
	}
	c := p.commands[p.matches[p.cursor].Index]
	return c, c.Disabled == ""
}

// Hit moves the cursor to the command drawn at line y of the last view and
// reports whether there is one.
func (p *Palette) Hit(y int) bool {
	row, ok := p.scroll.hit(y)
	if ok {
		p.cursor = row
	}
	return ok
}

// Height returns how many lines show every match.
func (p *Palette) Height() int { return 1 + max(len(p.matches), 1) }

func (p *Palette) turn(delta int) {
	if n := len(p.matches); n > 0 {
		p.cursor = (p.cursor + delta + n) % n
	}
}

func (p *Palette) narrow() {
	p.cursor = 0
	p.matches = fuzzyAll(p.Query(), p.titles)
}

// fuzzyAll is fuzzy.Find, but an empty pattern matches everything in order.
func fuzzyAll(pattern string, texts []string) fuzzy.Matches {
	if pattern != "" {
		return fuzzy.Find(pattern, texts)
	}
	all := make(fuzzy.Matches, len(texts))
	for i, t := range texts {
		all[i] = fuzzy.Match{Str: t, Index: i}
	}
	return all
}

// View draws the typed text and the matches below it in w×h cells.
func (p *Palette) View(w, h int) string {
	if w <= 0 || h <= 0 {
		return lined(nil, w, h)
	}
	l := newInkLine(w)
	l.put(inkOf(p.Theme.Accent), "›")
	l.put(ink{}, " ")
	p.edit.view(l, l.left, p.Theme, i18n.T("type to narrow"), true)
	lines := []string{l.String()}
	from, to := p.scroll.window(p.cursor, len(p.matches), h-1, 1)
	if len(p.matches) == 0 && h > 1 {
		none := newInkLine(w)
		none.put(inkOf(p.Theme.Muted), "  "+i18n.T("nothing matches"))
		lines = append(lines, none.String())
	}
	for i := from; i < to; i++ {
		lines = append(lines, p.row(w, i))
	}
	return lined(lines, w, h)
}

func (p *Palette) row(w, i int) string {
	m := p.matches[i]
	c := p.commands[m.Index]
	style, keys, note := inkOf(p.Theme.Text), inkOf(p.Theme.Accent), Clean(c.Keys)
	if c.Disabled != "" {
		style, keys, note = inkOf(p.Theme.Muted), inkOf(p.Theme.Muted), Clean(c.Disabled)
	}
	sign := "  "
	if i == p.cursor {
		style, sign = inkOf(p.Theme.Cursor), "▸ "
	}
	l := newInkLine(w)
	l.put(style, sign)
	noteW := min(Width(note), w/2)
	titleW := max(l.left-noteW-2, 0)
	highlighted(l, m.Str, m.MatchedIndexes, titleW, style, inkOf(p.Theme.Match), i == p.cursor)
	if noteW > 0 {
		l.repeat(ink{}, " ", l.left-noteW)
		l.fitRight(keys, note, noteW)
	}
	return l.String()
}

// highlighted writes text in exactly w cells with the bytes at the matched
// places in another style. The row under the cursor is in one style throughout,
// and so is text that had to be cut.
func highlighted(l *inkLine, text string, matched []int, w int, style, match ink, cursor bool) {
	if Width(text) > w || cursor {
		l.fit(style, text, w)
		return
	}
	is := make(map[int]bool, len(matched))
	for _, at := range matched {
		is[at] = true
	}
	start, inMatch := 0, false
	flush := func(to int) {
		k := style
		if inMatch {
			k = match
		}
		l.put(k, text[start:to])
		start = to
	}
	for i := range text {
		if is[i] != inMatch {
			flush(i)
			inMatch = is[i]
		}
	}
	flush(len(text))
	l.repeat(style, " ", w-Width(text))
}
