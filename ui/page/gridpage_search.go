package page

import (
	"context"
	"slices"
	"strings"
	"unicode"

	tea "charm.land/bubbletea/v2"

	"worth/internal/i18n"
	"worth/internal/tabular"
)

// gridChunk is how many rows one command of a search reads. Between two of them
// the page says how far it is.
const gridChunk = 16_384

// gridHunt looks for a row, chunk by chunk, from a row on and around the ends.
type gridHunt struct {
	match   func(row []any) gridMatch
	from    int // the first row looked at
	length  int // of the source
	forward bool
	seen    int  // rows looked at so far
	near    int  // the first row that matched nearly; −1 for none
	key     bool // looks for the key the cursor was on, not for a query
}

// gridMatch says how well a row matches.
type gridMatch uint8

const (
	gridNoMatch gridMatch = iota
	gridNearly            // the letters are there, in order, with others between
	gridExactly
)

// gridHunted is the reply after a chunk.
type gridHunted struct {
	page   *GridPage
	number int
	hunt   gridHunt
	row    int // the row found; −1 for none yet
	err    error
}

// span returns the next rows to read: n from row from on.
func (h *gridHunt) span() (from, n int) {
	if h.forward {
		from = (h.from + h.seen) % h.length
		return from, min(gridChunk, h.length-from, h.length-h.seen)
	}
	last := (h.from - h.seen + h.length) % h.length
	n = min(gridChunk, last+1, h.length-h.seen)
	return last - n + 1, n
}

// chunk reads the next rows and returns the one that matches, or −1.
func (h *gridHunt) chunk(ctx context.Context, rows tabular.Source) (int, error) {
	from, n := h.span()
	page, err := rows.Page(ctx, from, n)
	if err != nil {
		return -1, err
	}
	h.seen += n
	for i := range page {
		if !h.forward {
			i = len(page) - 1 - i
		}
		switch h.match(page[i]) {
		case gridExactly:
			return from + i, nil
		case gridNearly:
			if h.near < 0 {
				h.near = from + i
			}
		case gridNoMatch:
		}
	}
	return -1, nil
}

// hunting returns the command for the next chunk of a task.
func (p *GridPage) hunting(t *gridTask, h gridHunt) tea.Cmd {
	rows, ctx := p.rows, t.ctx
	reply := gridHunted{page: p, number: t.number, hunt: h}
	return func() tea.Msg {
		reply.row, reply.err = reply.hunt.chunk(ctx, rows)
		return reply
	}
}

// search looks for the next or previous row that holds the query.
func (p *GridPage) search(forward bool) tea.Cmd {
	query := p.grid.Query()
	if query == "" || p.rows == nil || p.rows.Len() == 0 {
		return nil
	}
	needle := newGridNeedle(query, p.searchable())
	row, _ := p.grid.Cursor()
	h := gridHunt{match: needle.match, length: p.rows.Len(), forward: forward, near: -1, from: row + 1}
	if !forward {
		h.from = row - 1 + h.length
	}
	p.locating.stop()
	p.searching.start(p.rows.life.ctx)
	p.sayHunt(h)
	return p.hunting(&p.searching, h)
}

// searchable returns the positions of the columns a search looks at: the first
// and the visible ones that hold text, but no masked ones.
func (p *GridPage) searchable() []int {
	var positions []int
	columns := p.rows.Columns()
	for i, at := range append([]int{0}, p.shown()...) {
		if slices.Contains(positions, at) || at >= len(columns) || i > 0 && columns[at].Kind != tabular.Text {
			continue
		}
		if !columns[at].Personal || p.env.Revealed {
			positions = append(positions, at)
		}
	}
	return positions
}

// sayHunt shows how far a search is.
func (p *GridPage) sayHunt(h gridHunt) {
	share := float64(h.seen) / float64(h.length)
	p.progress = i18n.T("searching for %s · %s", p.grid.Query(), i18n.Percent(share, 0))
	frames := []rune("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
	p.grid.SetLoading(string(frames[h.seen/gridChunk%len(frames)]) + " " + i18n.T("%s · ctrl+c cancels", p.progress))
}

// locate looks for the row of a key, to put the cursor on it again.
func (p *GridPage) locate(key string) tea.Cmd {
	ctx, number := p.locating.start(p.rows.life.ctx)
	if rows, reply := p.rows, (gridHunted{page: p, number: number, hunt: gridHunt{key: true}}); rows.locates() {
		return func() tea.Msg {
			reply.row, reply.err = rows.Locate(ctx, key)
			return reply
		}
	}
	match := func(row []any) gridMatch {
		if len(row) > 0 && row[0] != nil && tabular.Plain(row[0], tabular.Text) == key {
			return gridExactly
		}
		return gridNoMatch
	}
	return p.hunting(&p.locating, gridHunt{match: match, length: p.rows.Len(), forward: true, near: -1, key: true})
}

// onHunted takes the result of a chunk and goes on with the next.
func (p *GridPage) onHunted(msg gridHunted) tea.Cmd {
	if msg.hunt.key {
		return p.onLocated(msg)
	}
	if !p.searching.awaits(msg.number) {
		return nil
	}
	switch h := msg.hunt; {
	case msg.err != nil:
		p.searching.stop()
		p.grid.SetError(msg.err)
	case msg.row >= 0:
		return p.found(msg.row)
	case h.seen < h.length:
		p.sayHunt(h)
		return p.hunting(&p.searching, h)
	case h.near >= 0:
		return p.found(h.near)
	default:
		p.searching.stop()
		p.grid.SetLoading("")
		return send(Notice{Text: i18n.T("no row holds “%s”", p.grid.Query()), Bad: true})
	}
	return nil
}

// found moves the cursor to the row a search ended at.
func (p *GridPage) found(row int) tea.Cmd {
	p.searching.stop()
	p.grid.SetLoading("")
	before, _ := p.grid.Cursor()
	p.grid.Goto(row)
	if row == before {
		return send(Notice{Text: i18n.T("no other row holds “%s”", p.grid.Query())})
	}
	return nil
}

// onLocated puts the cursor on its key again. Failing that it stays where it is,
// which is not worth an error.
func (p *GridPage) onLocated(msg gridHunted) tea.Cmd {
	if !p.locating.awaits(msg.number) {
		return nil
	}
	if msg.err == nil && msg.row < 0 && msg.hunt.seen < msg.hunt.length {
		return p.hunting(&p.locating, msg.hunt)
	}
	p.locating.stop()
	if msg.err == nil && msg.row >= 0 {
		p.grid.Goto(msg.row)
	}
	return nil
}

// gridNeedle is a query taken apart, and the columns it is looked for in.
type gridNeedle struct {
	words   []string // lower case; each must be in some cell
	letters []rune   // lower case, without spaces; nearly: all in order in one cell
	columns []int
}

func newGridNeedle(query string, columns []int) gridNeedle {
	n := gridNeedle{words: strings.Fields(strings.ToLower(query)), columns: columns}
	for _, r := range strings.ToLower(query) {
		if !unicode.IsSpace(r) {
			n.letters = append(n.letters, r)
		}
	}
	return n
}

// match reports how well a row holds the query.
func (n gridNeedle) match(row []any) gridMatch {
	cells := make([]string, 0, 8)
	for _, at := range n.columns {
		if at < len(row) && row[at] != nil {
			cells = append(cells, strings.ToLower(tabular.Plain(row[at], tabular.Text)))
		}
	}
	inCells := func(word string) bool {
		return slices.ContainsFunc(cells, func(cell string) bool { return strings.Contains(cell, word) })
	}
	if !slices.ContainsFunc(n.words, func(word string) bool { return !inCells(word) }) {
		return gridExactly
	}
	if slices.ContainsFunc(cells, n.inOrder) {
		return gridNearly
	}
	return gridNoMatch
}

// inOrder reports whether a cell has all letters in their order.
func (n gridNeedle) inOrder(cell string) bool {
	next := 0
	for _, r := range cell {
		if next < len(n.letters) && r == n.letters[next] {
			next++
		}
	}
	return next == len(n.letters) && next > 0
}
