package widget

import (
	"cmp"
	"slices"

	"worth/internal/tabular"
)

const (
	gridBlockRows  = 256       // rows asked for at a time, and the alignment of requests
	gridMaxBlocks  = 64        // blocks kept at most
	gridMinBlocks  = 4         // blocks kept at least, however many columns there are
	gridMaxCells   = 2_000_000 // cells kept, within the limits above
	gridMaxPending = 4         // requests under way at most
)

// gridCache keeps the blocks of rows used last.
type gridCache struct {
	blocks  map[int]*gridBlock // by number: the first row divided by gridBlockRows
	pending map[int]bool       // numbers asked for and not yet answered
	failed  map[int]bool       // numbers that could not be read
	limit   int                // blocks kept
	clock   uint64             // counts uses, for the least recently used block
	serial  uint64             // counts blocks received
}

// gridBlock is a run of rows. It may be shorter than gridBlockRows.
type gridBlock struct {
	rows   [][]any
	used   uint64 // the clock when it was last drawn
	serial uint64 // its number among the blocks received
}

// reset empties the cache for a source of so many columns.
func (c *gridCache) reset(columns int) {
	limit := gridMaxCells / (gridBlockRows * max(columns, 1))
	*c = gridCache{
		blocks: map[int]*gridBlock{}, pending: map[int]bool{}, failed: map[int]bool{},
		limit: min(max(limit, gridMinBlocks), gridMaxBlocks), clock: c.clock, serial: c.serial,
	}
}

// row returns a row if it is there.
func (c *gridCache) row(i int) ([]any, bool) {
	b, ok := c.blocks[i/gridBlockRows]
	if !ok || i < 0 || i%gridBlockRows >= len(b.rows) {
		return nil, false
	}
	return b.rows[i%gridBlockRows], true
}

// touch notes that the blocks from first to last are in use.
func (c *gridCache) touch(first, last int) {
	c.clock++
	for n := first; n <= last; n++ {
		if b, ok := c.blocks[n]; ok {
			b.used = c.clock
		}
	}
}

// put keeps a block and drops the one used longest ago when there are too many.
func (c *gridCache) put(number int, rows [][]any) {
	c.clock++
	c.serial++
	delete(c.pending, number)
	delete(c.failed, number)
	c.blocks[number] = &gridBlock{rows: rows, used: c.clock, serial: c.serial}
	for len(c.blocks) > c.limit {
		oldest, age := -1, c.clock+1
		for n, b := range c.blocks {
			if b.used < age || b.used == age && n < oldest {
				oldest, age = n, b.used
			}
		}
		delete(c.blocks, oldest)
	}
}

// since returns the blocks received after a serial, oldest first.
func (c *gridCache) since(serial uint64) []*gridBlock {
	var fresh []*gridBlock
	for _, b := range c.blocks {
		if b.serial > serial {
			fresh = append(fresh, b)
		}
	}
	slices.SortFunc(fresh, func(a, b *gridBlock) int { return cmp.Compare(a.serial, b.serial) })
	return fresh
}

// Need returns the next run of rows to read: first those in the window, then
// those a page before and after it. The page reads them with Source().Page in a
// command and answers with Put or Fail; until then they are not asked for
// again. It calls Need until ok is false, after every message; that is cheap.
func (g *Grid) Need() (from, n int, ok bool) {
	rows := g.Len()
	if rows == 0 || len(g.columns) == 0 || len(g.cache.pending) >= gridMaxPending {
		return 0, 0, false
	}
	body := max(g.bodyHeight(), 1)
	first, last := g.top/gridBlockRows, min(g.top+body-1, rows-1)/gridBlockRows
	g.cache.touch(first, last)
	wanted := make([]int, 0, 8)
	for b := first; b <= last && b < first+g.cache.limit; b++ {
		wanted = append(wanted, b)
	}
	if len(wanted)+2 <= g.cache.limit { // prefetching must not push out the window
		wanted = append(wanted, min(g.top+2*body, rows-1)/gridBlockRows, max(g.top-body, 0)/gridBlockRows)
	}
	for _, b := range wanted {
		if g.cache.blocks[b] == nil && !g.cache.pending[b] && !g.cache.failed[b] {
			g.cache.pending[b] = true
			from = b * gridBlockRows
			return from, min(gridBlockRows, rows-from), true
		}
	}
	return 0, 0, false
}

// Put hands over the rows asked for from row from on. Rows of another
// generation, or not asked for in that form, are dropped and Put returns false.
// The grid keeps the slice; the caller must not change it. A row may have fewer
// cells than there are columns; missing ones have no value.
func (g *Grid) Put(from int, rows [][]any, generation int) bool {
	if generation != g.generation || from < 0 || from%gridBlockRows != 0 || from >= g.Len() {
		return false
	}
	if len(rows) > gridBlockRows {
		rows = rows[:gridBlockRows]
	}
	g.cache.put(from/gridBlockRows, rows)
	if g.hasWantKey {
		g.seekKey(from, rows)
	}
	g.clamp()
	return true
}

// seekKey moves the cursor to the row of the key to keep if it is among rows.
func (g *Grid) seekKey(from int, rows [][]any) {
	for i, row := range rows {
		if key, ok := gridKey(row); ok && key == g.wantKey && from+i < g.Len() {
			g.row, g.hasWantKey = from+i, false
			return
		}
	}
}

// Fail tells the grid that rows from row from on could not be read. The error is
// shown, and the rows are not asked for again before Retry. Errors of another
// generation are dropped and Fail returns false.
func (g *Grid) Fail(from int, err error, generation int) bool {
	if generation != g.generation || from < 0 {
		return false
	}
	delete(g.cache.pending, from/gridBlockRows)
	g.cache.failed[from/gridBlockRows] = true
	g.err = err
	return true
}

// Retry asks again for rows that could not be read.
func (g *Grid) Retry() {
	clear(g.cache.failed)
	g.err = nil
}

// Row returns the cells of a row in the order of the source, if it has been read
// and is still kept. The caller must not change them.
func (g *Grid) Row(i int) ([]any, bool) { return g.cache.row(i) }

// gridKey returns the text that identifies a row, its first cell, and whether it
// has one.
func gridKey(row []any) (string, bool) {
	if len(row) == 0 || row[0] == nil {
		return "", false
	}
	return tabular.Plain(row[0], tabular.Text), true
}

// rowKey is gridKey of a row by number.
func (g *Grid) rowKey(i int) (string, bool) {
	row, ok := g.cache.row(i)
	if !ok {
		return "", false
	}
	return gridKey(row)
}
