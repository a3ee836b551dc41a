package intake

import "strings"

// looksLikeHeader decides whether the first record names the columns. A cell
// that is a number or a date over a column of the same is data; a known column
// name, or text over a column of numbers or dates, is a header. Where all is
// text, distinct names that occur nowhere below are taken for one.
func (s *Source) looksLikeHeader(first []string, rows [][]string) bool {
	known, typed, over, filled := 0, 0, 0, 0
	for i, cell := range first {
		cell = strings.TrimSpace(cell)
		if cell == "" {
			continue
		}
		filled++
		switch {
		case shapeOf(cell) != textShape:
			typed++
		case vocabulary().anyName[normalise(cell)]:
			known++
		case valueShape(cellsOf(rows, i, 200)) != textShape:
			over++
		}
	}
	switch {
	case filled == 0:
		return false
	case known > 0 && known >= typed:
		s.note("the first line names the columns: %d of them are known names", known)
		return true
	case typed > 0:
		s.note("no header: the first line holds values")
		return false
	case over > 0:
		s.note("the first line names the columns: it holds text where the rows hold values")
		return true
	}
	return s.namesNothingBelow(first, rows)
}

// namesNothingBelow is the weakest sign of a header.
func (s *Source) namesNothingBelow(first []string, rows [][]string) bool {
	seen := map[string]bool{}
	for i, cell := range first {
		if seen[cell] {
			return false
		}
		seen[cell] = true
		for _, row := range rows[:min(len(rows), 200)] {
			if i < len(row) && row[i] == cell && cell != "" {
				s.note("no header: the values of the first line occur below")
				return false
			}
		}
	}
	s.note("the first line is taken for the column names: its texts occur nowhere below")
	return true
}

// shape is the coarse type of a cell.
type shape uint8

const (
	textShape shape = iota
	numberShape
	dateShaped
)

func shapeOf(cell string) shape {
	if _, ok := scanDate(cell); ok {
		return dateShaped
	}
	for _, style := range []AmountStyle{AmountPoint, AmountComma} {
		if _, problem := parseAmount(cell, style); problem == "" {
			return numberShape
		}
	}
	return textShape
}

// valueShape is the shape that most of the filled cells have.
func valueShape(cells []string) shape {
	counts, filled := [3]int{}, 0
	for _, cell := range cells {
		if cell = trimCell(cell); !isNull(cell) {
			counts[shapeOf(cell)]++
			filled++
		}
	}
	for _, kind := range []shape{dateShaped, numberShape} {
		if filled > 0 && counts[kind]*10 >= filled*8 {
			return kind
		}
	}
	return textShape
}

// cellsOf returns up to most cells of column i.
func cellsOf(rows [][]string, i, most int) []string {
	rows = rows[:min(len(rows), most)]
	out := make([]string, 0, len(rows))
	for _, row := range rows {
		if i < len(row) {
			out = append(out, row[i])
		}
	}
	return out
}
